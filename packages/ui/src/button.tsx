import type { ButtonHTMLAttributes } from 'react'
import { Link, type LinkProps } from './link.tsx'

/** `main` once a page: the next step. `grave` for what cannot be taken back. */
export type Weight = 'main' | 'plain' | 'quiet' | 'grave'

const weights: { readonly [W in Weight]: string } = {
  main: 'bg-accent text-accent-ink hover:opacity-90 px-4',
  plain: 'border border-line-2 bg-raised text-ink hover:border-ink-3 px-4',
  quiet: 'text-accent hover:bg-accent-wash px-2 -mx-2',
  grave: 'border border-fails text-fails hover:bg-fails-wash px-4',
}
const shape =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-md py-2 font-medium transition-[background,border-color,opacity] duration-(--quick) disabled:cursor-default disabled:opacity-50'

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly weight?: Weight
  /** Shows that it is under way and takes no second press. */
  readonly running?: boolean
}

export function Button({
  weight = 'plain',
  running = false,
  type = 'button',
  className = '',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={rest.disabled === true || running}
      aria-busy={running || undefined}
      className={`${shape} ${weights[weight]} ${className}`}
    />
  )
}

/** A way to a page that looks like the next step it is. */
export function ButtonLink({
  weight = 'plain',
  className = '',
  ...rest
}: LinkProps & { readonly weight?: Weight }) {
  return <Link {...rest} className={`${shape} ${weights[weight]} ${className}`} />
}
