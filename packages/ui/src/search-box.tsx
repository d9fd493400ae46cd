import { useEffect, useId, useState } from 'react'

/** A search field that tells what was typed once the typing pauses. */
export function SearchBox({
  label,
  value,
  onSearch,
}: {
  readonly label: string
  readonly value: string
  onSearch(text: string): void
}) {
  const [typed, setTyped] = useState(value)
  const id = useId()
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => onSearch(typed), 200)
    return () => clearTimeout(timer)
  }, [typed, value, onSearch])
  return (
    <div className="relative min-w-0 flex-1 basis-56">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <SearchSign />
      <input
        id={id}
        type="search"
        value={typed}
        placeholder={label}
        onChange={(event) => setTyped(event.target.value)}
        className="input pl-9"
      />
    </div>
  )
}

function SearchSign() {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className="pointer-events-none absolute top-3 left-3 size-4 text-ink-3"
    >
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="m10.5 10.5 4 4" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  )
}
