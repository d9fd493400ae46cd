import { instant } from '@hevd/http'
import { z } from 'zod'
import { sealKinds } from './seal/seal.ts'

const text = z.string().trim().min(1)
const date = z.iso.date()
/** ISO 8601, such as `P90D`. */
const duration = z.string().max(30)

/** As Vault allows in its addresses. */
export const keyName = z.string().regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?$/)

/** Named as Vault's Transit names them. */
export const keyType = z.enum([
  'aes128-gcm96',
  'aes256-gcm96',
  'chacha20-poly1305',
  'hmac',
  'ed25519',
  'ecdsa-p256',
])
export type KeyType = z.infer<typeof keyType>

/** What a grant lets its holder do. `manage` is making, rotating and settings; `export` also takes two people. */
export const operation = z.enum([
  'encrypt',
  'decrypt',
  'rewrap',
  'datakey',
  'hmac',
  'sign',
  'verify',
  'read',
  'manage',
  'export',
])
export type Operation = z.infer<typeof operation>

/** Who holds a grant or a token: an account of Hevd (UUID), or a named service of the register of people. */
export const holder = z.object({ kind: z.enum(['account', 'service']), id: text.max(100) })
export type Holder = z.infer<typeof holder>
const named = holder.extend({ name: z.string() })
/** Who did something: an account, by name. */
const person = z.object({ id: z.string(), name: z.string() })

/** `POST /api/keys`. */
export const makingKey = z.object({
  name: keyName,
  type: keyType.default('aes256-gcm96'),
  /** Each context has a key of its own, derived from this one. */
  derived: z.boolean().default(false),
  /** The same text, context and associated data give the same ciphertext; only for a derived key. */
  convergent: z.boolean().default(false),
  /** How often it is rotated by itself; null for by hand. At least an hour. */
  autoRotate: duration.nullable().default(null),
})
export type MakingKey = z.input<typeof makingKey>

/** `PATCH /api/keys/:name`. A version is from 1 to the newest; `minEncryption` 0 is the newest. */
export const changingKey = z.object({
  minDecryption: z.int().min(1).optional(),
  minEncryption: z.int().min(0).optional(),
  deletionAllowed: z.boolean().optional(),
  autoRotate: duration.nullable().optional(),
})
export type ChangingKey = z.infer<typeof changingKey>

/** `POST /api/keys/:name/trim`: versions before it are destroyed for ever. */
export const trimmingKey = z.object({ minAvailable: z.int().min(1) })

export const key = z.object({
  id: z.uuid(),
  name: z.string(),
  type: keyType,
  derived: z.boolean(),
  convergent: z.boolean(),
  /** The newest version. */
  version: z.int(),
  minDecryption: z.int(),
  /** 0 for the newest. */
  minEncryption: z.int(),
  /** Versions before it are destroyed; 0 or 1 where all are there. */
  minAvailable: z.int(),
  deletionAllowed: z.boolean(),
  exportable: z.boolean(),
  /** Somebody asks that it be made exportable, and another must approve. */
  exportAsked: z.object({ by: person, at: instant }).nullable(),
  autoRotate: duration.nullable(),
  /** When it is rotated by itself next; null for by hand. */
  rotatesAt: instant.nullable(),
  madeAt: instant,
  /** When its newest version was made. */
  rotatedAt: instant,
  lastUsedAt: instant.nullable(),
  /** Grants in force. */
  holders: z.int(),
  /** Deleted, and destroyed for ever at `destroysAt`; until then it can be restored. */
  deletedAt: instant.nullable(),
  destroysAt: instant.nullable(),
})
export type Key = z.infer<typeof key>
/** `GET /api/keys`: all of them, by name. */
export const keyList = z.array(key)

/** State of a grant: asked for, refused, to come, in force, over by its last day, or revoked. */
export const grantState = z.enum(['asked', 'refused', 'to-come', 'in-force', 'over', 'revoked'])
export type GrantState = z.infer<typeof grantState>

/** `POST /api/key-grants`: asks for one. A reader asks for oneself alone. */
export const askingGrant = z.object({
  key: keyName,
  holder,
  operations: z.array(operation).min(1).max(operation.options.length),
  /** The business need, in words. */
  purpose: text.max(1000),
  from: date,
  /** Last day, at most a year after the first. */
  until: date,
})
export type AskingGrant = z.infer<typeof askingGrant>

export const grant = z.object({
  id: z.uuid(),
  /** Name of the key. */
  key: z.string(),
  holder: named,
  operations: z.array(operation),
  purpose: z.string(),
  from: date,
  until: date,
  state: grantState,
  askedBy: person,
  askedAt: instant,
  /** Who approved or refused it; null while it is asked. */
  decidedBy: person.nullable(),
  decidedAt: instant.nullable(),
  /** Approved by the one who asked or has it, in an organisation with a single administrator. */
  singleApprover: z.boolean(),
  revokedBy: person.nullable(),
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
})
export type Grant = z.infer<typeof grant>
/** `GET /api/key-grants?show=current|all`: those that wait first, then by last day. `current` leaves out what is over. */
export const grantsQuery = z.object({ show: z.enum(['current', 'all']).default('current') })
export const grantList = z.array(grant)

/** One lease: how often a holder used one key in a span of time. */
export const use = z.object({
  id: z.uuid(),
  grant: z.uuid(),
  holder: named,
  from: instant,
  until: instant,
  /** By operation and version: `encrypt/3` 12 times. Empty while it is open, and where the server died. */
  counts: z.record(z.string(), z.int()),
  /** Sum of the counts; the most that it can have been where `exact` is false. */
  uses: z.int(),
  /** False while the lease is open, and where the server that used it died before it could say. */
  exact: z.boolean(),
})
export type Use = z.infer<typeof use>

/** `GET /api/keys/:name`: who can use it, why, until when; its versions; who used it. */
export const keyDetail = key.extend({
  versions: z.array(
    z.object({
      version: z.int(),
      madeAt: instant,
      /** Newest of what uses told; null where never. */
      lastUsedAt: instant.nullable(),
      destroyedAt: instant.nullable(),
    }),
  ),
  grants: grantList,
  /** The newest hundred. */
  uses: z.array(use),
})
export type KeyDetail = z.infer<typeof keyDetail>

/** `POST /api/key-tokens`. An account makes tokens for itself alone; an administrator for services. */
export const makingToken = z.object({
  holder,
  /** Last day, at most a year away. */
  until: date,
  /** Addresses it may be used from, such as `10.0.0.0/8`; empty for any. */
  sources: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .max(20)
    .default([]),
})
export type MakingToken = z.input<typeof makingToken>
export const token = z.object({
  id: z.uuid(),
  holder: named,
  sources: z.array(z.string()),
  madeBy: person,
  madeAt: instant,
  until: date,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
  state: z.enum(['good', 'over', 'revoked']),
})
export type Token = z.infer<typeof token>
/** `GET /api/key-tokens`: newest first. */
export const tokenList = z.array(token)
/** The only time that the token itself is told; its hash alone is kept. */
export const madeToken = token.extend({ token: z.string() })
export type MadeToken = z.infer<typeof madeToken>

/** `GET /api/key-holders`: whom a grant or token can be for: accounts that are not disabled, and named services. */
export const holderList = z.array(named)

export const sealKind = z.enum(sealKinds)
const plan = z.object({ threshold: z.int(), custodians: z.array(person) })

/** A sharing under way: the custodians who have not taken their share, and whether the caller is one of them. */
const sharing = plan.extend({ waitsFor: z.array(person), waitsForYou: z.boolean() })
/** Custodians giving their shares. `givenByYou`: the caller's is in. */
const ceremony = plan.extend({
  given: z.array(person),
  givenByYou: z.boolean(),
  expiresAt: instant.nullable(),
})

/** `GET /api/root-key`. */
export const rootKey = z.object({
  state: z.enum(['uninitialised', 'sealed', 'unsealed']),
  /** Why it is sealed, where a seal that opens by itself did not; words for the reader. */
  why: z.object({ code: z.string(), nb: z.string(), en: z.string() }).nullable(),
  /** Which seal it has; null before it is made. */
  seal: sealKind.nullable(),
  madeAt: instant.nullable(),
  /** When it was sealed as it is now: shared anew, or wrapped by another seal. */
  sealedAt: instant.nullable(),
  /** Custodians of a shared root key. */
  plan: plan.nullable(),
  youAreCustodian: z.boolean(),
  /** Seals that this server is set up for. */
  available: z.array(sealKind),
  /** New shares that wait for their custodians; the seal before them is in force until all are taken. */
  sharing: sharing.nullable(),
  /** Shares given to open the vault; null unless it is sealed by shares. */
  unsealing: ceremony.nullable(),
  /** Another seal is asked for, and custodians of the present one must give their shares to it. */
  resealing: z.object({ seal: sealKind, plan: plan.nullable(), ceremony }).nullable(),
  /** How many keys it protects. */
  keys: z.int(),
})
export type RootKey = z.infer<typeof rootKey>

/** Which seal: shares for these custodians (ids of accounts), or one that this server is set up for. */
export const choosingSeal = z.discriminatedUnion('seal', [
  z.object({
    seal: z.literal('shares'),
    threshold: z.int().min(2).max(16),
    custodians: z.array(z.uuid()).min(2).max(16),
  }),
  z.object({ seal: sealKind.exclude(['shares']) }),
])
export type ChoosingSeal = z.infer<typeof choosingSeal>
/**
 * - `POST /api/root-key` {choosingSeal}: makes it. With shares, it exists when every custodian has taken theirs.
 * - `POST /api/root-key/share`: the caller's own share, once. Answers `takenShare`.
 * - `DELETE /api/root-key/sharing`: gives up a sharing, or a re-sealing, that is under way.
 * - `POST /api/root-key/unseal` {givingShare}: a custodian's share. `DELETE /api/root-key/unseal` forgets what was given.
 * - `POST /api/root-key/open`: tries a seal that opens by itself again.
 * - `POST /api/root-key/seal`: seals the vault at once.
 * - `POST /api/root-key/reseal` {choosingSeal}: shares anew (other custodians, a lost one) or takes another seal. Where it is
 *   shared now, custodians must agree by giving their shares: `POST /api/root-key/reseal/share` {givingShare}.
 *
 * All but `share` answer `rootKey`.
 */
export const givingShare = z.object({ share: text.max(500) })
export const takenShare = z.object({ share: z.string(), threshold: z.int(), custodians: z.int() })
export type TakenShare = z.infer<typeof takenShare>

/** What sort of place keys are kept in. */
export const storeKind = z.enum(['aws-kms', 'gcp-kms', 'azure-key-vault', 'vault', 'hsm', 'files', 'other'])
export type StoreKind = z.infer<typeof storeKind>

/** `PUT /api/key-stores/:id`: keys that live elsewhere. `id` is of the organisation's own choosing. */
export const puttingStore = z.object({
  name: text.max(200),
  kind: storeKind,
  /** Where it is: an account and region, an address, a host and path. */
  place: text.max(300),
  /** Who can reach the keys there, a name or group each; null where nobody has told. */
  reachedBy: z.array(text.max(200)).max(200).nullable(),
  /** When its keys were last rotated; null where nobody has told. */
  rotatedOn: date.nullable(),
})
export type PuttingStore = z.infer<typeof puttingStore>
export const keyStore = puttingStore.extend({
  id: z.string(),
  /** When what is told was last entered or changed, and by whom. */
  changedAt: instant,
  changedBy: person,
})
export type KeyStore = z.infer<typeof keyStore>
/** `GET /api/key-stores`; `POST /api/key-stores/confirm` says that there are no others, and answers the same. */
export const keyStores = z.object({
  stores: z.array(keyStore),
  /** When somebody last confirmed that these are all there are; null where nobody has. */
  confirmed: z.object({ at: instant, by: person }).nullable(),
})
export type KeyStores = z.infer<typeof keyStores>

/** A file with keys or secrets that an agent found and that others than root can read. */
export const keyFile = z.object({
  host: z.string(),
  hostName: z.string(),
  path: z.string(),
  kind: z.enum(['private-key', 'secrets']),
  /** Its key can be read only with a passphrase. */
  encrypted: z.boolean(),
  /** Of the public half; null where there is none to read. */
  fingerprint: z.string().nullable(),
  secrets: z.int(),
  /** Permission bits. */
  mode: z.int(),
  readableBy: z.enum(['everybody', 'group', 'owner']),
})
export type KeyFile = z.infer<typeof keyFile>
/** `GET /api/key-files`: the most open first, at most 200, and how many there are. */
export const keyFiles = z.object({ files: z.array(keyFile), total: z.int() })
export type KeyFiles = z.infer<typeof keyFiles>
