import type { Feed } from '@hevd/feeds/contract'
import type { AccountOwner } from '@hevd/people/contract'
import type { ExceptionView } from '@hevd/posture/contract'
import { numeral, type PageOf, places, useLocale, useMayChange, useResource, useWords, words } from '@hevd/ui'
import { usePolicy } from '../shell/policy.ts'
import type { AskedItem } from './asked.tsx'

const text = words({
  approve: {
    nb: (subject: string) => `Ta stilling til et unntak for ${subject}`,
    en: (subject: string) => `Decide on an exception for ${subject}`,
  },
  decide: { nb: 'Ta stilling', en: 'Decide' },
  mend: { nb: 'Se hva som må rettes', en: 'See what to mend' },
  owners: {
    nb: (count: number, numeral: string) =>
      count === 1 ? 'Én konto har ingen oppgitt eier' : `${numeral} kontoer har ingen oppgitt eier`,
    en: (count: number, numeral: string) =>
      count === 1 ? 'One account has no declared owner' : `${numeral} accounts have no declared owner`,
  },
  ownersWhat: {
    nb: 'Så lenge ingen eier dem, vet vi ikke hvem som kan logge inn.',
    en: 'While nobody owns them, it is not known who can log in.',
  },
  say: { nb: 'Oppgi eiere', en: 'Say the owners' },
  silent: { nb: (title: string) => `${title} er taus`, en: (title: string) => `${title} is silent` },
  silentWhat: {
    nb: 'Det kilden så på, er ukjent til den melder seg igjen.',
    en: 'What the source watched is unknown until it reports again.',
  },
  gap: {
    nb: (title: string) => `${title} ser ikke alt`,
    en: (title: string) => `${title} does not see everything`,
  },
  look: { nb: 'Se kilden', en: 'See the source' },
})

/** What waits for the reader, made from what is known: exceptions, failures, owners, sources. */
export function useAsked(): { readonly items: readonly AskedItem[]; readonly pending: boolean } {
  const mayChange = useMayChange()
  const policy = usePolicy()
  const exceptions = useResource<readonly ExceptionView[]>('/api/exceptions')
  const owners = useResource<PageOf<AccountOwner>>('/api/account-owners?show=missing&limit=1')
  const feeds = useResource<readonly Feed[]>('/api/feeds')
  const failing = useFailing()
  const said = useWords(text)
  const locale = useLocale()
  const waiting = (exceptions.data ?? []).filter(({ state }) => state === 'requested')
  const missing = owners.data?.total ?? 0
  const approvals = waiting.map((exception) => ({
    id: `exception-${exception.id}`,
    title: said.approve(exception.subject.name),
    what: exception.reason,
    since: exception.requestedAt,
    deadline: null,
    action: said.decide,
    to: places.exceptions,
  }))
  const ownerless =
    missing === 0
      ? []
      : [
          {
            id: 'owners',
            title: said.owners(missing, numeral(missing, locale)),
            what: said.ownersWhat,
            since: null,
            deadline: null,
            action: said.say,
            to: places.accountOwners,
          },
        ]
  const troubled = (feeds.data ?? []).filter((feed) => feed.state === 'silent' || feed.gaps.length > 0)
  const sources = troubled.slice(0, 5).map((feed) => ({
    id: `feed-${feed.name}`,
    title: feed.state === 'silent' ? said.silent(feed.title[locale]) : said.gap(feed.title[locale]),
    what: feed.state === 'silent' ? said.silentWhat : (feed.gaps[0]?.remedy[locale] ?? ''),
    since: feed.state === 'silent' ? feed.lastHeardAt : (feed.gaps[0]?.since ?? null),
    deadline: null,
    action: said.look,
    to: places.feeds,
  }))
  const items = [...(mayChange ? approvals : []), ...failing, ...(mayChange ? ownerless : []), ...sources]
  return { items, pending: policy.isPending || feeds.isPending || exceptions.isPending }
}

/** Promises that are not upheld, each with its own next step. */
function useFailing(): readonly AskedItem[] {
  const said = useWords(text)
  const locale = useLocale()
  const policy = usePolicy()
  return (policy.data?.sections ?? [])
    .flatMap(({ controls }) => controls)
    .filter(({ state }) => state === 'fails')
    .map(({ id, title, next, why, since }) => ({
      id: `control-${id}`,
      title: title[locale],
      what: why?.text[locale] ?? next?.[locale] ?? '',
      since,
      deadline: null,
      action: said.mend,
      to: places.control(id),
    }))
}
