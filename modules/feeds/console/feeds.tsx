import type { Feed } from '@hevd/feeds/contract'
import { EmptyState, Loaded, Page, useResource, useWords, words } from '@hevd/ui'
import { FeedItem } from './feed-item.tsx'

const text = words({
  title: { nb: 'Kilder', en: 'Sources' },
  lead: {
    nb: 'Her kommer alt vi vet fra. En taus kilde gjør det den så på, ukjent; et avvik den har sett, blir stående.',
    en: 'All that is known comes from here. A silent source makes what it watched unknown; a failure it saw stands.',
  },
  silent: { nb: 'Tause', en: 'Silent' },
  'never-connected': { nb: 'Aldri koblet til', en: 'Never connected' },
  gaps: { nb: 'Ser ikke alt', en: 'Do not see everything' },
  fresh: { nb: 'I orden', en: 'In order' },
  none: { nb: 'Ingen kilder ennå', en: 'No sources yet' },
  noneWhy: {
    nb: 'Agenten på denne maskinen melder seg vanligvis innen ett minutt etter oppstart. Kom tilbake om litt.',
    en: 'The agent of this host usually reports within a minute of the start. Come back in a moment.',
  },
})

type Group = 'silent' | 'never-connected' | 'gaps' | 'fresh'
const order: readonly Group[] = ['silent', 'never-connected', 'gaps', 'fresh']

/** Every source with its last word; those that need somebody come first. */
export default function Feeds() {
  const said = useWords(text)
  const feeds = useResource<readonly Feed[]>('/api/feeds', 15_000)
  return (
    <Page title={said.title} lead={said.lead}>
      <Loaded of={feeds} lines={8}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
          ) : (
            order.map((group) => {
              const here = all.filter((feed) => groupOf(feed) === group)
              if (here.length === 0) return null
              return (
                <section key={group} className="mt-10 first:mt-0">
                  <h2 className="border-line border-b pb-2 font-semibold">
                    {said[group]} <span className="font-normal text-ink-3">{here.length}</span>
                  </h2>
                  <ul>
                    {here.map((feed) => (
                      <FeedItem key={feed.name} feed={feed} />
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

function groupOf(feed: Feed): Group {
  if (feed.state !== 'fresh') return feed.state
  return feed.gaps.length > 0 || feed.lastError !== null ? 'gaps' : 'fresh'
}
