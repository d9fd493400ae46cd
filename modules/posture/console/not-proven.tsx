import { Link, Shape, useWords, words } from '@hevd/ui'

const text = words({
  title: { nb: 'Ikke bevist ennå', en: 'Not yet proven' },
  unknown: { nb: 'Ukjent', en: 'Unknown' },
  open: { nb: 'Les mer', en: 'Read more' },
})

/** A promise that no test looks at yet: unknown, said quietly, with the next step where there is one. */
export function NotProven({ next, to }: { readonly next: string | null; readonly to: string | null }) {
  const said = useWords(text)
  return (
    <div className="flex flex-col gap-1.5 md:pt-1">
      <p className="text-unknown">
        <Shape state="unknown" className="mr-1.5 size-[0.72em]" />
        <span className="font-medium">{said.unknown}</span> · {said.title.toLowerCase()}
      </p>
      {next !== null && <p className="text-ink-2 text-sm">{next}</p>}
      {to !== null && next === null && (
        <p>
          <Link to={to} className="text-link">
            {said.open}
          </Link>
        </p>
      )}
    </div>
  )
}
