import type { DraftControl as Changed, ControlChange, DraftDetail } from '@hevd/amendments/contract'
import { call, Fault, Link, places, useAction, useLocale, useWords, words } from '@hevd/ui'
import { CatalogueText } from './catalogue-text.tsx'
import { Differences } from './differences.tsx'
import { Overtaken } from './overtaken.tsx'
import { draftRefreshes, useMayWrite } from './saving.ts'

const text = words({
  edit: { nb: 'Endre', en: 'Edit' },
  editWhat: { nb: (title: string) => `Endre: ${title}`, en: (title: string) => `Edit: ${title}` },
  drop: { nb: 'Ta ut', en: 'Take out' },
  dropWhat: {
    nb: (title: string) => `Ta ut av utkastet: ${title}`,
    en: (title: string) => `Take out of the draft: ${title}`,
  },
  dropped: { nb: 'Kontrollen er tatt ut av utkastet.', en: 'The control was taken out of the draft.' },
  taken: { nb: 'Hevds ordlyd er tatt inn.', en: 'Hevd’s wording was taken in.' },
  nothing: { nb: 'Ingenting endres ennå.', en: 'Nothing changes yet.' },
})

/** One control of a draft: what keeps it back, what others have made of it meanwhile, and what it changes. */
export function DraftControl({ draft, of }: { readonly draft: DraftDetail; readonly of: Changed }) {
  const said = useWords(text)
  const locale = useLocale()
  const mayChange = useMayWrite(draft)
  const { control, faults, differences, overtaken, catalogue, inForce } = of
  const title = of.title[locale]
  const path = `/api/policy/drafts/${draft.id}/controls/${encodeURIComponent(control)}`
  const put = (change: ControlChange | null) => call('PUT', path, { version: draft.version, change })
  const dropping = useAction({ call: () => put(null), refreshes: draftRefreshes, done: text.dropped })
  const taking = useAction({ call: put, refreshes: draftRefreshes, done: text.taken })
  return (
    <section
      aria-label={title}
      className="grid grid-cols-1 gap-x-12 gap-y-4 border-line border-t py-8 lg:grid-cols-[12rem_minmax(0,1fr)]"
    >
      <div>
        <h2 className="font-semibold">
          <Link to={places.control(control)} className="hover:text-accent">
            {title}
          </Link>
        </h2>
        {mayChange && (
          <p className="not-on-paper mt-1 flex gap-4">
            <Link
              to={places.changeControl(control, draft.id)}
              aria-label={said.editWhat(title)}
              className="text-link"
            >
              {said.edit}
            </Link>
            {catalogue === null && (
              <button
                type="button"
                className="text-link"
                aria-label={said.dropWhat(title)}
                disabled={dropping.running}
                onClick={() => void dropping.run(undefined)}
              >
                {said.drop}
              </button>
            )}
          </p>
        )}
        <Fault problem={dropping.problem} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        {faults.length > 0 && (
          <ul className="max-w-measure border-fails border-l-2 pl-4">
            {faults.map(({ field, words: fault }) => (
              <li key={`${field}|${fault.nb}`}>{fault[locale]}</li>
            ))}
          </ul>
        )}
        {overtaken !== null && <Overtaken inForce={inForce} from={overtaken} />}
        {differences.length > 0 ? (
          <Differences of={differences} />
        ) : (
          <p className="text-ink-2">{said.nothing}</p>
        )}
        {catalogue !== null && (
          <CatalogueText
            control={control}
            ours={inForce}
            of={catalogue}
            change={of.change}
            actions={
              mayChange && {
                running: taking.running || dropping.running,
                take: (change) => void taking.run(change),
                keep: () => void dropping.run(undefined),
                edit: places.changeControl(control, draft.id),
              }
            }
          />
        )}
        <Fault problem={taking.problem} />
      </div>
    </section>
  )
}
