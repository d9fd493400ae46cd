import { useId } from 'react'

/** Yes or no, with what it means below it. */
export function Tick({
  label,
  help,
  value,
  onChange,
}: {
  readonly label: string
  readonly help?: string
  readonly value: boolean
  onChange(value: boolean): void
}) {
  const id = useId()
  return (
    <div>
      <label className="flex min-h-6 items-baseline gap-3">
        <input
          type="checkbox"
          checked={value}
          aria-describedby={help === undefined ? undefined : id}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span>{label}</span>
      </label>
      {help !== undefined && (
        <p id={id} className="ml-7 text-ink-2 text-sm">
          {help}
        </p>
      )}
    </div>
  )
}
