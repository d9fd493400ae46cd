import type { ExceptionView } from '@hevd/posture/contract'
import { EmptyState, Loaded, Page, useResource, useWords, words } from '@hevd/ui'
import { ExceptionItem } from './exception-item.tsx'

const text = words({
  title: { nb: 'Unntak', en: 'Exceptions' },
  lead: {
    nb: 'Avvik som er godtatt for en tid. De vises fortsatt som det de er, og faller bort av seg selv.',
    en: 'Failures that are accepted for a time. They still show as what they are, and end by themselves.',
  },
  requested: { nb: 'Venter på godkjenning', en: 'Waiting for approval' },
  'in-force': { nb: 'Gjelder nå', en: 'In force' },
  ended: { nb: 'Utløpt', en: 'Ended' },
  withdrawn: { nb: 'Trukket tilbake', en: 'Withdrawn' },
  none: { nb: 'Ingen unntak', en: 'No exceptions' },
  noneWhy: {
    nb: 'Be om ett fra grunnlaget til et funn som ikke er overholdt.',
    en: 'Ask for one from the evidence of a finding that is not upheld.',
  },
})

const order: readonly ExceptionView['state'][] = ['requested', 'in-force', 'ended', 'withdrawn']

/** Every exception by where it stands; what waits for somebody comes first. */
export default function Exceptions() {
  const said = useWords(text)
  const exceptions = useResource<readonly ExceptionView[]>('/api/exceptions')
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={exceptions}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            order.map((state) => {
              const here = all.filter((exception) => exception.state === state)
              if (here.length === 0) return null
              return (
                <section key={state} className="mt-10 first:mt-0">
                  <h2 className="border-line border-b pb-2 font-semibold">{said[state]}</h2>
                  <ul>
                    {here.map((exception) => (
                      <ExceptionItem key={exception.id} exception={exception} />
                    ))}
                  </ul>
                </section>
              )
            })
          )
        }
      </Loaded>
    </Page>
  )
}
