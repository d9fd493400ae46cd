import type { Instant } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { declaredHosts } from './store/declared.ts'
import { gapCount, type SilentHost, silentHosts } from './store/trouble.ts'

/** More hosts than this are told as one: then it is the network, or us. */
const listed = 20

const shared = { deadline: null, to: '/feeds', of: () => true } as const

/** Sources that have fallen silent, host by host, and how many do not see everything. */
export async function feedsAsks(tx: Tx, organisation: string, now: Instant): Promise<readonly Ask[]> {
  const silent = await silentHosts(tx, organisation, now)
  const gaps = await gapCount(tx, organisation)
  return [...(await silentAsks(tx, organisation, silent)), ...(gaps === 0 ? [] : [gapsAsk(gaps)])]
}

async function silentAsks(tx: Tx, organisation: string, silent: readonly SilentHost[]): Promise<Ask[]> {
  if (silent.length === 0) return []
  const about = { ...shared, kind: 'feed-silent', what: silentWhat, action: look, urgent: true }
  if (silent.length > listed) {
    const since = Math.min(...silent.map((host) => host.since))
    return [{ ...about, id: 'feeds/silent', title: manySilent(silent.length), since }]
  }
  const names = new Map((await declaredHosts(tx, organisation)).map(({ id, name }) => [id, name]))
  return silent.map(({ host, count, since }) => ({
    ...about,
    id: `feeds/silent/${host}`,
    title: silentTitle(names.get(host) ?? host, count),
    since,
  }))
}

function gapsAsk(count: number): Ask {
  return {
    ...shared,
    id: 'feeds/gaps',
    kind: 'feed-gaps',
    title: {
      nb: count === 1 ? 'Én kilde ser ikke alt' : `${count} kilder ser ikke alt`,
      en: count === 1 ? 'One source does not see everything' : `${count} sources do not see everything`,
    },
    what: {
      nb: 'De mangler en rettighet, eller noe de så etter, feilet. Det de ikke ser, er ukjent.',
      en: 'They lack a right, or something they looked for failed. What they do not see is unknown.',
    },
    since: null,
    action: { nb: 'Se hva de mangler', en: 'See what they lack' },
    urgent: false,
  }
}

const silentTitle = (host: string, count: number) => ({
  nb: count === 1 ? `En kilde på ${host} er taus` : `${count} kilder på ${host} er tause`,
  en: count === 1 ? `A source on ${host} is silent` : `${count} sources on ${host} are silent`,
})
const manySilent = (hosts: number) => ({
  nb: `Kilder på ${hosts} maskiner er tause`,
  en: `Sources on ${hosts} hosts are silent`,
})
const silentWhat = {
  nb: 'Det kildene så på, er ukjent til de melder seg igjen.',
  en: 'What the sources watched is unknown until they report again.',
}
const look = { nb: 'Se kilden', en: 'See the source' }
