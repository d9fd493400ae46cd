import { Link } from '@hevd/ui'

/** The way back to the list that a page is of. */
export function BackLink({ to, children }: { readonly to: string; readonly children: string }) {
  return (
    <Link to={to} className="text-link">
      <span aria-hidden="true">← </span>
      {children}
    </Link>
  )
}
