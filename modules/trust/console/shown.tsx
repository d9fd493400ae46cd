import type { Publicity, Shows, TrustView } from '@hevd/trust/contract'
import {
  call,
  Fault,
  Loaded,
  moment,
  Page,
  useAction,
  useLocale,
  useNow,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { useEffect } from 'react'

const text = words({
  title: { nb: 'Hva som er offentlig', en: 'What is public' },
  lead: {
    nb: 'Ordlyden er alltid offentlig. Å vise mer gjelder straks; å vise mindre gjelder etter en dag, og står i den offentlige loggen.',
    en: 'The words are always public. Showing more takes effect at once; showing less after a day, and it stands in the public log.',
  },
  page: { nb: 'Se den offentlige siden', en: 'See the public page' },
  shows: { nb: 'Viser', en: 'Shows' },
  statement: { nb: 'Bare ordlyden', en: 'The words alone' },
  status: { nb: 'Ordlyd og tilstand', en: 'Words and state' },
  'status-and-history': { nb: 'Også tall og historie', en: 'Counts and history too' },
  all: { nb: 'Alle kontroller i delen', en: 'All controls of the section' },
  mixed: { nb: 'Ulikt', en: 'Various' },
  later: {
    nb: (what: string, when: string) => `Blir «${what}» ${when}`,
    en: (what: string, when: string) => `Becomes “${what}” ${when}`,
  },
  done: { nb: 'Lagret.', en: 'Saved.' },
})

const steps: readonly Shows[] = ['statement', 'status', 'status-and-history']

/** How much of each control outsiders see, chosen in place. */
export default function Shown() {
  const said = useWords(text)
  const publicities = useResource<readonly Publicity[]>('/api/trust/shows')
  const trust = useResource<TrustView>('/api/trust')
  return (
    <Page
      title={said.title}
      lead={
        <>
          <p>{said.lead}</p>
          <p className="mt-2">
            <a href="/trust" className="text-link">
              {said.page}
            </a>
          </p>
        </>
      }
    >
      <Loaded of={trust} lines={6}>
        {({ sections }) => (
          <Loaded of={publicities} lines={6}>
            {(all) => <Sections sections={sections} publicities={all} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  )
}

function Sections({
  sections,
  publicities,
}: {
  readonly sections: TrustView['sections']
  readonly publicities: readonly Publicity[]
}) {
  const said = useWords(text)
  const locale = useLocale()
  const now = useNow()
  const changing = useAction({
    call: (controls: readonly { readonly control: string; readonly shows: Shows }[]) =>
      call<unknown>('PUT', '/api/trust/shows', { controls }),
    refreshes: ['/api/trust'],
    done: text.done,
  })
  useEffect(() => {
    const wanted = decodeURIComponent(location.hash.slice(1))
    if (wanted !== '') document.getElementById(wanted)?.scrollIntoView()
  }, [])
  const shownOf = (id: string) => publicities.find(({ control }) => control === id)
  const set = (ids: readonly string[], shows: Shows) =>
    void changing.run(ids.map((control) => ({ control, shows })))
  return (
    <>
      <Fault problem={changing.problem} />
      {sections.map((section) => {
        const ids = section.controls.map(({ id }) => id)
        const chosen = new Set(ids.map((id) => shownOf(id)?.shows))
        const [first] = chosen
        return (
          <section key={section.id} className="mt-12 first:mt-0">
            <div className="grid grid-cols-1 items-center gap-x-8 gap-y-2 border-line-2 border-b pb-3 sm:grid-cols-[minmax(0,1fr)_15rem]">
              <h2 className="font-semibold">{section.title[locale]}</h2>
              <Choose
                label={`${said.all}: ${section.title[locale]}`}
                value={chosen.size === 1 ? (first ?? null) : null}
                onChoose={(shows) => set(ids, shows)}
              />
            </div>
            <ul>
              {section.controls.map(({ id, title }) => {
                const here = shownOf(id)
                const next = here?.next ?? null
                return (
                  <li
                    key={id}
                    id={id}
                    className="grid grid-cols-1 items-center gap-x-8 gap-y-2 border-line border-b py-3 sm:grid-cols-[minmax(0,1fr)_15rem]"
                  >
                    <div>
                      {title[locale]}
                      {next !== null && (
                        <span className="block text-ink-2 text-sm">
                          {said.later(said[next.shows], moment(next.at, now, locale))}
                        </span>
                      )}
                    </div>
                    <Choose
                      label={`${said.shows}: ${title[locale]}`}
                      value={here?.shows ?? 'statement'}
                      onChoose={(shows) => set([id], shows)}
                    />
                  </li>
                )
              })}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function Choose({
  label,
  value,
  onChoose,
}: {
  readonly label: string
  readonly value: Shows | null
  onChoose(shows: Shows): void
}) {
  const said = useWords(text)
  return (
    <select
      aria-label={label}
      className="input"
      value={value ?? ''}
      onChange={({ target }) => {
        const step = steps.find((candidate) => candidate === target.value)
        if (step !== undefined) onChoose(step)
      }}
    >
      {value === null && <option value="">{said.mixed}</option>}
      {steps.map((step) => (
        <option key={step} value={step}>
          {said[step]}
        </option>
      ))}
    </select>
  )
}
