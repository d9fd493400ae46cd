import type { AskedItem } from '@hevd/notices/contract'
import { ButtonLink, EmptyState, Loaded, Page, places, useRead, useWords, When, words } from '@hevd/ui'
import { useAsked } from './use-asked.ts'

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
  told: { nb: 'Få beskjed på e-post eller i kalenderen', en: 'Be told by e-mail or in your calendar' },
  since: { nb: 'Siden', en: 'Since' },
  until: { nb: 'Frist', en: 'By' },
  late: { nb: 'Fristen gikk ut', en: 'Was due' },
})

/** What is asked of the reader: each with its time and one action. First after signing in. */
export default function Asked() {
  const said = useWords(text)
  const asked = useAsked()
  return (
    <Page
      title={said.title}
      lead={said.lead}
      actions={
        <ButtonLink weight="quiet" to={places.notices}>
          {said.told}
        </ButtonLink>
      }
    >
      <Loaded of={asked} lines={5}>
        {({ items, at }) =>
          items.length === 0 ? (
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
          ) : (
            <ol className="border-line border-t">
              {items.map((item) => (
                <Item key={item.id} item={item} now={at} />
              ))}
            </ol>
          )
        }
      </Loaded>
    </Page>
  )
}

function Item({ item, now }: { readonly item: AskedItem; readonly now: number }) {
  const said = useWords(text)
  const read = useRead()
  const { title, what, since, deadline, action, to } = item
  const at = deadline ?? since
  const word = deadline === null ? said.since : deadline > now ? said.until : said.late
  return (
    <li className="grid grid-cols-1 items-center gap-x-12 gap-y-4 border-line border-b py-6 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="max-w-measure">
        <h2 className="break-words font-semibold">{read(title)}</h2>
        <p className="mt-1 break-words text-ink-2">{read(what)}</p>
        {at !== null && (
          <p className="mt-1 text-ink-2 text-sm">
            {word} <When at={at} />
          </p>
        )}
      </div>
      <ButtonLink to={to} aria-label={`${read(action)}: ${read(title)}`}>
        {read(action)}
      </ButtonLink>
    </li>
  )
}
