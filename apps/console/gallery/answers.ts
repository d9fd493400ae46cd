import type { ControlProof, Publicity } from '@hevd/trust/contract'
import { accessCount, accessPlacesFixture, accessPreviewFixture, grantAt } from './access.ts'
import { amendmentsFixture, draftIds } from './amendments.ts'
import type { Amount } from './amount.ts'
import {
  backupFindingsFixture,
  backupRecipientsFixture,
  backupSourceFixture,
  backupSourcesFixture,
} from './backups.ts'
import { erasurePreviewFixture, erasuresFixture } from './erasures.ts'
import {
  countOf,
  evidenceFixture,
  exceptionsFixture,
  exceptionTrialFixture,
  findingAt,
  replayFixture,
} from './findings.ts'
import {
  keyFilesFixture,
  keyFixture,
  keyGrantsFixture,
  keyHoldersFixture,
  keyStoresFixture,
  keysFixture,
  keyTokensFixture,
  madeTokenFixture,
  rootKeyFixture,
  takenShareFixture,
} from './keys.ts'
import { leafFixture, ledgerFixture } from './ledger.ts'
import {
  addedWebhookFixture,
  askedFixture,
  channelsFixture,
  deliveriesFixture,
  ownNoticesFixture,
} from './notices.ts'
import { paged } from './paged.ts'
import {
  computedFixture,
  periodFixture,
  periodRowsFixture,
  periodsFixture,
  periodTablesFixture,
  sampleFixture,
} from './periods.ts'
import { policyFixture } from './policy.ts'
import {
  accountsFixture,
  dataSetAt,
  dataSetCount,
  dataSetsPreviewFixture,
  feedsFixture,
  hostListsFixture,
  hostsFixture,
  invitationsFixture,
  joinTokensFixture,
  meFixture,
  ownerAt,
  peopleCount,
  personAt,
  previewFixture,
  servicesFixture,
} from './registers.ts'
import { residencyAnswer, residencyFindings } from './residency.ts'
import { foundAt, foundCount, scannedAt, scannedCount } from './scans.ts'

export type Mood = {
  readonly amount: Amount
  /** Null: nobody is signed in. */
  readonly role: 'administrator' | 'reader' | 'auditor' | null
  /** Every reading fails, as if the database were gone; who is signed in is still known. */
  readonly broken: boolean
  /** Proofs are of another leaf than they say. */
  readonly lying: boolean
  readonly halted: boolean
}

type Answer = { readonly status: number; readonly body: unknown }
type Answering = (method: string, url: URL) => Promise<Answer>

const problem = (status: number, code: string, nb: string, en: string): Answer => ({
  status,
  body: { type: `urn:hevd:problem:${code}`, status, code, detail: nb, words: { nb, en } },
})
const notSignedIn = problem(
  401,
  'not-signed-in',
  'Du er ikke logget inn. Logg inn og prøv igjen.',
  'You are not signed in. Sign in and try again.',
)
const unavailable = problem(
  503,
  'unavailable',
  'Databasen svarer ikke. Ingenting er lagret; prøv igjen om litt.',
  'The database does not answer. Nothing was stored; try again in a moment.',
)
const notFound = problem(404, 'not-found', 'Dette finnes ikke.', 'There is no such thing.')
const notAllowed = problem(
  403,
  'not-allowed',
  'Du har ikke tilgang til dette. Be en administrator om hjelp.',
  'You may not do this. Ask an administrator.',
)
const noFinding = problem(
  404,
  'no-such-finding',
  'Testen har ikke noe funn om dette. Det kan ha opphørt; se i historikken.',
  'The test has no finding about this. It may have ended; see the history.',
)
const noBackups = problem(
  404,
  'no-such-source',
  'Hevd har ikke sett noen slik kilde for sikkerhetskopier.',
  'Hevd has seen no such source of backups.',
)
const noKey = problem(404, 'no-such-key', 'Nøkkelen finnes ikke.', 'There is no such key.')
const unpublished = problem(
  503,
  'nothing-published',
  'Ingenting er publisert ennå. Den første publiseringen skjer sekunder etter start; prøv igjen.',
  'Nothing is published yet. The first publication comes seconds after the start; try again.',
)
const wrong = problem(
  401,
  'wrong-credentials',
  'Brukernavnet eller passordfrasen er feil. Prøv igjen, eller be en administrator om en ny invitasjon.',
  'The user name or the passphrase is wrong. Try again, or ask an administrator for a new invitation.',
)

const ok = (body: unknown): Answer => ({ status: 200, body })

/** Answers of the API in one mood; what is written is not kept. */
export async function answersOf(mood: Mood): Promise<Answering> {
  const now = Date.now()
  const { amount } = mood
  const policy = await policyFixture(amount, now)
  const amendments = amendmentsFixture(policy.catalogue, policy.view, amount, now)
  const logs = {
    internal: ledgerFixture('internal', amount === 'much' ? 512 : amount === 'little' ? 9 : 0, now),
    public: ledgerFixture('public', amount === 'much' ? 96 : amount === 'little' ? 4 : 0, now),
  }
  const view = mood.halted
    ? {
        ...policy.view,
        halted: {
          code: 'clock-disagrees',
          params: { seconds: 86_400 },
          text: {
            nb: 'Databasens klokke og tjenerens går ulikt. Still dem; bedømmingen fortsetter av seg selv.',
            en: 'The clocks of the database and the server disagree. Set them; judging resumes by itself.',
          },
        },
      }
    : policy.view
  return async (method, url) => {
    const path = url.pathname.slice('/api'.length)
    if (path === '/sign-in') return wrong
    if (path === '/invitations/accept') return ok(accountsFixture(now)[0])
    if (mood.role === null) return notSignedIn
    if (path === '/me') return ok(meFixture(mood.role, now))
    if (mood.broken) return unavailable
    const audited = path.startsWith('/periods/p0') || path === '/period-tables'
    if (mood.role === 'auditor' && !audited) return notAllowed
    const erased = /^\/people\/([^/]+)\/erasure$/.exec(path)?.[1]
    if (erased !== undefined) return ok(erasurePreviewFixture(erased))
    if (path === '/people/import/preview') return ok(previewFixture(amount === 'much'))
    if (path === '/access/import/preview') return ok(accessPreviewFixture())
    if (path === '/data-sets/import/preview') return ok(dataSetsPreviewFixture(now))
    if (path === '/exceptions/trial') return ok(exceptionTrialFixture(now))
    if (path.endsWith('/trial') && method === 'POST') return ok(amendments.trial)
    if (path === '/policy/readings') return ok(amendments.reading)
    if (path === '/policy/drafts/import') return ok(amendments.imported)
    if (path.startsWith('/policy/drafts') && method !== 'GET') return ok(amendments.draft(draftIds.open))
    if (path === '/notices/webhooks') return ok(addedWebhookFixture)
    if (path === '/notices/mail/test')
      return ok({ accepted: true, answer: { nb: '250 2.0.0 Ok: queued', en: '250 2.0.0 Ok: queued' } })
    if (path === '/notices/calendar')
      return ok({ url: `http://127.0.0.1:4383/api/calendar/${'k3Zt9Q'.repeat(7)}.ics` })
    if (path === '/invitations' && method === 'POST')
      return ok({
        ...invitationsFixture(now)[0],
        link: `http://127.0.0.1:4383/welcome#${'k3Zt9Q'.repeat(7)}`,
      })
    if (path === '/root-key/share') return ok(takenShareFixture)
    if (path === '/key-tokens' && method === 'POST') return ok(madeTokenFixture(now))
    const ofResidency = residencyAnswer(path, url, amount, now)
    if (ofResidency !== null) return ok(ofResidency)
    if (method !== 'GET') return ok(null)
    const key = /^\/keys\/([^/]+)$/.exec(path)?.[1]
    if (key !== undefined) {
      const detail = keyFixture(decodeURIComponent(key), amount, now)
      return detail === null ? noKey : ok(detail)
    }
    const [, host, source] = /^\/backups\/([^/]+)\/([^/]+)$/.exec(path) ?? []
    if (host !== undefined && source !== undefined) {
      const detail = backupSourceFixture(decodeURIComponent(host), decodeURIComponent(source), amount, now)
      return detail === null ? noBackups : ok(detail)
    }
    const log = path.startsWith('/logs/public') ? logs.public : logs.internal
    const entry = /^\/logs\/\w+\/entries\/(\d+)\/proof$/.exec(path)?.[1]
    if (entry !== undefined) return ok(await log.proof(Number(entry), mood.lying))
    if (/^\/logs\/\w+\/entries$/.test(path))
      return ok(
        log.entries(Number(url.searchParams.get('before') ?? 1e9), Number(url.searchParams.get('limit'))),
      )
    if (/^\/logs\/\w+$/.test(path)) return ok(await log.view())
    const proven = /^\/trust\/controls\/([^/]+)$/.exec(path)?.[1]
    if (proven !== undefined) {
      if (amount === 'none') return unpublished
      const index = amount === 'much' ? 90 : 2
      const proof = await logs.public.proof(index, mood.lying)
      const opened = policy.detail(proven)?.proven === true
      const body: ControlProof = {
        leaf: leafFixture(proven, opened, now),
        proof,
        log: await logs.public.view(),
      }
      return ok(body)
    }
    const drafted = /^\/policy\/drafts\/([^/]+)$/.exec(path)?.[1]
    if (drafted !== undefined) {
      const draft = amendments.draft(drafted)
      return draft === null ? notFound : ok(draft)
    }
    const control = /^\/controls\/(.+)$/.exec(path)?.[1]
    if (control !== undefined) {
      const detail = policy.detail(decodeURIComponent(control))
      return detail === null ? notFound : ok(detail)
    }
    const ofPeriod = /^\/periods\/[^/]+(\/\w+)?/.exec(path)
    if (ofPeriod !== null)
      switch (ofPeriod[1]) {
        case '/tables':
          return ok(periodRowsFixture(amount))
        case '/computed':
          return ok(computedFixture)
        case '/samples':
          return ok(method === 'GET' ? [] : null)
        case '/names':
          return ok([])
        case '/replay':
          return ok(replayFixture(now))
        case '/sample':
          return ok(sampleFixture(amount))
        default:
          return ok(periodFixture(amount, policy.catalogue))
      }
    switch (path) {
      case '/periods':
        return ok(periodsFixture(amount))
      case '/period-tables':
        return ok(periodTablesFixture)
      case '/policy':
        return ok(view)
      case '/policy/drafts':
        return ok(amendments.drafts)
      case '/policy/applicability':
        return ok(amendments.applicability)
      case '/policy/frameworks':
        return ok(amendments.frameworks)
      case '/findings':
        if (url.searchParams.get('control') === 'storage-encrypted') {
          const items = backupFindingsFixture(amount, now)
          return ok({ items, next: null, total: items.length })
        }
        return ok(findings(url, amount, now))
      case '/subject': {
        if (amount === 'none') return noFinding
        const findings = [0, 3, 8].map((index) => findingAt(index, 'little', now))
        const subject = {
          kind: url.searchParams.get('kind'),
          id: url.searchParams.get('id'),
          name: 'web-01.oslo.fjordkraft.example',
        }
        return ok({ subject, state: 'fails', findings })
      }
      case '/evidence':
        return ok(evidenceFixture(now))
      case '/replay':
        return ok(replayFixture(now))
      case '/asked':
        return ok(askedFixture(amount, view, now))
      case '/notices/own':
        return ok(ownNoticesFixture(amount, now))
      case '/notices/channels':
        return ok(channelsFixture(amount, now))
      case '/notices/deliveries':
        return ok(deliveriesFixture(amount, now))
      case '/exceptions':
        return ok(exceptionsFixture(amount, now))
      case '/feeds':
        return ok(feedsFixture(amount, now))
      case '/host-lists':
        return ok(hostListsFixture(amount, now))
      case '/join-tokens':
        return ok(joinTokensFixture(amount, now))
      case '/hosts':
        return ok(hostsFixture(amount, now))
      case '/people':
        return ok(people(url, amount))
      case '/access':
        return ok(paged(url, accessCount(amount), (index) => grantAt(index, now)))
      case '/access/places':
        return ok(accessPlacesFixture())
      case '/backups':
        return ok(backupSourcesFixture(amount, now))
      case '/backup-recipients':
        return ok(backupRecipientsFixture(amount, now))
      case '/keys':
        return ok(keysFixture(amount, now))
      case '/key-grants':
        return ok(keyGrantsFixture(amount, now))
      case '/key-tokens':
        return ok(keyTokensFixture(amount, now))
      case '/key-holders':
        return ok(keyHoldersFixture(now))
      case '/root-key':
        return ok(rootKeyFixture(amount, now))
      case '/key-files':
        return ok(keyFilesFixture(amount))
      case '/key-stores':
        return ok(keyStoresFixture(amount, now))
      case '/data-finds':
        return ok(paged(url, foundCount(amount), (index) => foundAt(index)))
      case '/data-scans':
        return ok(paged(url, scannedCount(amount), (index) => scannedAt(index, now)))
      case '/data-sets':
        return ok(paged(url, dataSetCount(amount), (index) => dataSetAt(index, now)))
      case '/erasures':
        return ok(erasuresFixture(amount, now))
      case '/services':
        return ok(servicesFixture(amount))
      case '/account-owners':
        return ok(paged(url, peopleCount(amount), (index) => ownerAt(index, now)))
      case '/accounts':
        return ok(accountsFixture(now))
      case '/names':
        return ok(accountsFixture(now).map(({ id, name }) => ({ id, name })))
      case '/invitations':
        return ok(amount === 'none' ? [] : invitationsFixture(now))
      case '/trust':
        return ok({ sections: policy.view.sections })
      case '/trust/shows':
        return ok(shows(policy.view.sections, now))
      default:
        return notFound
    }
  }
}

/** Searched by name and number, as the server does. */
function people(url: URL, amount: Amount) {
  const q = url.searchParams.get('q')?.toLowerCase() ?? ''
  const all = Array.from({ length: peopleCount(amount) }, (_, index) => personAt(index))
  const found = all.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(q))
  return paged(url, found.length, (index) => found[index] ?? personAt(index))
}

/** Filtered as the server would where that is simple: by state and by name. */
function findings(url: URL, amount: Amount, now: number) {
  if (url.searchParams.get('control') === 'data-location') {
    const those = residencyFindings(url.searchParams.get('test'), amount, now)
    return { items: those, next: null, total: those.length }
  }
  const total = countOf(amount)
  const state = url.searchParams.get('state')
  const q = url.searchParams.get('q')?.toLowerCase() ?? ''
  if (state === null && q === '') return paged(url, total, (index) => findingAt(index, amount, now))
  const matching = Array.from({ length: Math.min(total, 4000) }, (_, index) =>
    findingAt(index, amount, now),
  ).filter(
    (finding) =>
      (state === null || finding.state === state) && finding.subject.name.toLowerCase().includes(q),
  )
  return paged(url, matching.length, (index) => matching[index] ?? findingAt(index, amount, now))
}

function shows(
  sections: readonly { readonly controls: readonly { readonly id: string }[] }[],
  now: number,
): Publicity[] {
  return sections.flatMap(({ controls }) =>
    controls.map(({ id }, index) => ({
      control: id,
      shows: index % 3 === 0 ? 'status' : 'statement',
      next: index === 3 ? { shows: 'statement', at: now + 20 * 3_600_000 } : null,
    })),
  )
}
