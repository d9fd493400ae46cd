import { Menu as Base } from '@base-ui/react/menu'
import type { ReactNode } from 'react'

const item =
  'flex min-h-9 w-full cursor-pointer items-center gap-2 rounded px-3 py-1.5 outline-none data-highlighted:bg-accent-wash'

/** A button that opens a short list of actions. */
export function Menu({
  label,
  trigger,
  children,
}: {
  readonly label: string
  readonly trigger: ReactNode
  readonly children: ReactNode
}) {
  return (
    <Base.Root>
      <Base.Trigger className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 text-ink-2 hover:bg-paper-2 hover:text-ink">
        {trigger}
        <span className="sr-only">{label}</span>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner align="end" sideOffset={6} className="z-40">
          <Base.Popup className="min-w-56 rounded-lg border border-line bg-raised p-1.5 shadow-float outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export function MenuItem({ onChoose, children }: { onChoose(): void; readonly children: ReactNode }) {
  return (
    <Base.Item onClick={onChoose} className={item}>
      {children}
    </Base.Item>
  )
}

/** One of several that exclude one another; the chosen one has a tick. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  onChoose(value: Value): void
}) {
  const choose = (chosen: unknown) => {
    const option = options.find((candidate) => candidate.value === chosen)
    if (option !== undefined) onChoose(option.value)
  }
  return (
    <Base.Group>
      <Base.GroupLabel className="px-3 pt-2 pb-1 text-sm text-ink-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={choose}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} className={item}>
            <span className="w-4">
              <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
            </span>
            {option.label}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuLine() {
  return <hr className="mx-3 my-1.5" />
}
