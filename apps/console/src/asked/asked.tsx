import type { Instant } from '@hevd/core'
import { ButtonLink, EmptyState, Loading, Page, places, useWords, When, words } from '@hevd/ui'
import { useAsked } from './asked-items.ts'

const text = words({
  title: { nb: 'Til deg', en: 'Asked of you' },
  lead: {
    nb: 'Det som venter på et menneske, det viktigste først.',
    en: 'What waits for a person, the most important first.',
  },
  nothing: { nb: 'Ingenting venter på deg', en: 'Nothing waits for you' },
  nothingWhy: {
    nb: 'Policyen passer på seg selv til noe skjer.',
    en: 'The policy minds itself until something happens.',
  },
  policy: { nb: 'Til policyen', en: 'To the policy' },
  since: { nb: 'Siden', en: 'Since' },
  until: { nb: 'Innen', en: 'By' },
})

export type AskedItem = {
  readonly id: string
  readonly title: string
  readonly what: string
  readonly since: Instant | null
  readonly deadline: Instant | null
  readonly action: string
  readonly to: string
}

/** What is asked of the reader: each with its time and one action. First after signing in. */
export default function Asked() {
  const said = useWords(text)
  const { items, pending } = useAsked()
  return (
    <Page title={said.title} lead={said.lead}>
      {items.length > 0 ? (
        <ol className="border-line border-t">
          {items.map((item) => (
            <li
              key={item.id}
              className="grid grid-cols-1 items-center gap-x-12 gap-y-4 border-line border-b py-6 md:grid-cols-[minmax(0,1fr)_auto]"
            >
              <div className="max-w-measure">
                <h2 className="font-semibold">{item.title}</h2>
                <p className="mt-1 text-ink-2">{item.what}</p>
                <Time item={item} since={said.since} until={said.until} />
              </div>
              <ButtonLink to={item.to} aria-label={`${item.action}: ${item.title}`}>
                {item.action}
              </ButtonLink>
            </li>
          ))}
        </ol>
      ) : pending ? (
        <Loading lines={5} />
      ) : (
        <EmptyState
          title={said.nothing}
          action={
            <ButtonLink weight="main" to={places.policy}>
              {said.policy}
            </ButtonLink>
          }
        >
          {said.nothingWhy}
        </EmptyState>
      )}
    </Page>
  )
}

function Time({
  item,
  since,
  until,
}: {
  readonly item: AskedItem
  readonly since: string
  readonly until: string
}) {
  const at = item.deadline ?? item.since
  if (at === null) return null
  return (
    <p className="mt-1 text-ink-2 text-sm">
      {item.deadline === null ? since : until} <When at={at} />
    </p>
  )
}
