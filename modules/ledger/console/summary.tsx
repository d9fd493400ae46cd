/** The members of an entry on one line, as names and values; nested ones by their size. */
export function Summary({ body }: { readonly body: { readonly [name: string]: unknown } }) {
  const members = Object.entries(body).filter(([name]) => name !== 'kind' && name !== 'at' && name !== 'salt')
  return (
    <span className="line-clamp-2 text-ink-2">
      {members.map(([name, value], index) => (
        <span key={name}>
          {index > 0 && ' · '}
          {name} <span className="break-all text-ink">{short(value)}</span>
        </span>
      ))}
    </span>
  )
}

function short(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `${value.slice(0, 12)}…` : value
  if (Array.isArray(value)) return `[${value.length}]`
  if (typeof value === 'object' && value !== null) return '{…}'
  return String(value)
}
