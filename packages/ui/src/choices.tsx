import type { ReactNode } from 'react'

export type Option<Value extends string> = {
  readonly value: Value
  readonly label: ReactNode
  readonly count?: string
}

/** A few choices beside one another, one of them in force: filters and views. */
export function Choices<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string
  readonly value: Value
  readonly options: readonly Option<Value>[]
  onChoose(value: Value): void
}) {
  return (
    <fieldset className="flex flex-wrap gap-x-1 gap-y-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
          className="inline-flex min-h-10 items-center gap-1.5 rounded-md px-3 text-ink-2 hover:bg-paper-2 aria-pressed:bg-accent-wash aria-pressed:font-medium aria-pressed:text-ink"
        >
          {option.label}
          {option.count !== undefined && <span className="text-ink-3 text-sm">{option.count}</span>}
        </button>
      ))}
    </fieldset>
  )
}
