import type { Bilingual } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type KeysContext, today } from './context.ts'
import type { RootMemories } from './root/memory.ts'
import type { CeremonyProgress } from './seal/seal.ts'
import { allGrants } from './store/grants.ts'
import { allKeys } from './store/keys.ts'
import { rootOf } from './store/root.ts'

type Deps = { readonly context: KeysContext; readonly memories: RootMemories }

/** What the vault waits for: shares to be taken or given, and grants and exports to be decided. Names nobody. */
export async function keysAsks(deps: Deps, tx: Tx, organisation: string): Promise<readonly Ask[]> {
  return [...(await rootAsks(deps, tx, organisation)), ...(await decisionAsks(deps, tx, organisation))]
}

async function rootAsks({ context, memories }: Deps, tx: Tx, organisation: string): Promise<Ask[]> {
  const { sharing, open, unsealing, resealing } = memories.of(organisation)
  const now = context.clock.now()
  const waits = sharing?.sharing.waitsFor() ?? []
  const asks: Ask[] =
    waits.length === 0
      ? []
      : [{ ...ofRoot('root-key-share', shareWords), deadline: null, of: ({ id }) => waits.includes(id) }]
  const root = await rootOf(tx, organisation)
  if (root === undefined) return asks
  const { sealed } = root
  if (open === null)
    asks.push({
      ...ofRoot('vault-sealed', sealedWords),
      since: root.closedAt,
      ...(sealed.kind === 'shares'
        ? whoHasNotGiven(unsealing.progress(sealed, now))
        : { deadline: null, of: ({ role }) => role === 'administrator' }),
    })
  if (resealing !== null)
    asks.push({
      ...ofRoot('root-key-reseal', resealWords),
      ...whoHasNotGiven(resealing.ceremony.progress(sealed, now)),
    })
  return asks
}

/** Of custodians whose share is not in; what was given is forgotten at the deadline. */
function whoHasNotGiven({ custodians, given, expiresAt }: CeremonyProgress): Pick<Ask, 'deadline' | 'of'> {
  return { deadline: expiresAt, of: ({ id }) => custodians.includes(id) && !given.includes(id) }
}

async function decisionAsks({ context }: Deps, tx: Tx, organisation: string): Promise<Ask[]> {
  const administrators = (await context.standing(tx)).filter(
    ({ role, disabledAt }) => role === 'administrator' && disabledAt === null,
  )
  // A single administrator may approve what is their own.
  const mayDecide = (id: string, ...own: readonly string[]) =>
    administrators.some((one) => one.id === id) && (administrators.length === 1 || !own.includes(id))
  const asks: Ask[] = []
  const grants = (await allGrants(tx, organisation, await today(context, tx, organisation))).filter(
    ({ decision }) => decision === null,
  )
  if (grants.length > 0)
    asks.push({
      ...{ id: 'key-grants', kind: 'key-grants', ...grantWords(grants.length), to: '/key-grants' },
      ...{ since: Math.min(...grants.map(({ askedAt }) => askedAt)), deadline: null, urgent: false },
      of: ({ id }) => grants.some(({ askedBy, holder }) => mayDecide(id, askedBy, holder)),
    })
  const exports = (await allKeys(tx, organisation)).flatMap(({ exportAskedBy: by, exportAskedAt: at }) =>
    by === null || at === null ? [] : [{ by, at }],
  )
  if (exports.length > 0)
    asks.push({
      ...{ id: 'key-exports', kind: 'key-exports', ...exportWords(exports.length), to: '/keys' },
      ...{ since: Math.min(...exports.map(({ at }) => at)), deadline: null, urgent: false },
      of: ({ id }) => exports.some(({ by }) => mayDecide(id, by)),
    })
  return asks
}

type Words = Pick<Ask, 'title' | 'what' | 'action'>

function ofRoot(id: string, words: Words): Omit<Ask, 'deadline' | 'of'> {
  return { id, kind: id, ...words, since: null, urgent: true, to: '/root-key' }
}

const toRoot: Bilingual = { nb: 'Gå til rotnøkkelen', en: 'Go to the root key' }
const shareWords: Words = {
  title: { nb: 'Din del av rotnøkkelen venter', en: 'Your share of the root key waits' },
  what: {
    nb: 'Den nye delingen gjelder først når alle nøkkelholderne har hentet hver sin del. Startes serveren på nytt før det, må det begynnes forfra.',
    en: 'The new sharing is in force when every custodian has taken theirs. If the server is started anew before that, it must be begun again.',
  },
  action: toRoot,
}
const sealedWords: Words = {
  title: { nb: 'Nøkkelhvelvet er forseglet', en: 'The key vault is sealed' },
  what: {
    nb: 'Ingen nøkler kan brukes, så programmer som trenger dem, får feil til hvelvet åpnes.',
    en: 'No key can be used, so applications that need one fail until the vault is opened.',
  },
  action: toRoot,
}
const resealWords: Words = {
  title: { nb: 'Rotnøkkelen skal forsegles på nytt', en: 'The root key is to be sealed anew' },
  what: {
    nb: 'En administrator har bedt om det. Nøkkelholderne må si seg enige ved å gi hver sin del.',
    en: 'An administrator has asked for it. The custodians must agree by giving their shares.',
  },
  action: toRoot,
}
const grantWords = (count: number): Words => ({
  title: {
    nb:
      count === 1
        ? 'En nøkkeltildeling venter på godkjenning'
        : `${count} nøkkeltildelinger venter på godkjenning`,
    en: count === 1 ? 'A key grant waits for approval' : `${count} key grants wait for approval`,
  },
  what: {
    nb: 'Den som har bedt om en nøkkel, kan ikke bruke den før en annen har godkjent det.',
    en: 'Whoever asked for a key cannot use it until somebody else has approved that.',
  },
  action: { nb: 'Se tildelingene', en: 'See the grants' },
})
const exportWords = (count: number): Words => ({
  title: {
    nb:
      count === 1
        ? 'Eksport av en nøkkel venter på godkjenning'
        : `Eksport av ${count} nøkler venter på godkjenning`,
    en: count === 1 ? 'Export of a key waits for approval' : `Export of ${count} keys waits for approval`,
  },
  what: {
    nb: 'Det trengs to personer for at en nøkkel skal kunne tas ut av hvelvet.',
    en: 'It takes two people for a key to be taken out of the vault.',
  },
  action: { nb: 'Se nøklene', en: 'See the keys' },
})
