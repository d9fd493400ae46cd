import { z } from 'zod'
import { facts } from './fact-type.ts'
import { openTo } from './open-to.ts'

const id = z.string().min(1)
const date = z.iso.date()

/** A key of the vault, without anything of the key itself. Moments are in milliseconds. */
export const encryptionKeys = facts('encryption-key', {
  value: z.object({
    id,
    name: z.string(),
    /** As Vault names it, such as `aes256-gcm96`. */
    kind: z.string(),
    /** The newest version, and when it was made. */
    version: z.int(),
    rotatedAt: z.number(),
    /** Two people have made it possible to take it out. */
    exportable: z.boolean(),
    /** Nobody can use it, and it is destroyed in a while. */
    deletedAt: z.number().nullable(),
  }),
  key: (key) => key.id,
  label: (key) => key.name,
  lookups: {},
})

/** Leave to use one key, as the vault goes by it. It ends by its last day, or by being revoked. */
export const keyGrants = facts('key-grant', {
  value: z.object({
    id,
    /** Id and name of the key. */
    key: id,
    keyName: z.string(),
    /** An account of Hevd, or a named service. */
    holder: z.object({ kind: z.enum(['account', 'service']), id, name: z.string() }),
    operations: z.array(z.string()),
    /** The business need, in words. */
    purpose: z.string(),
    from: date,
    until: date,
    /** Ids of accounts. */
    askedBy: z.string(),
    approvedBy: z.string().nullable(),
    /** Approved by the one who asked or has it, in an organisation with a single administrator. */
    singleApprover: z.boolean(),
    /** In milliseconds. */
    revokedAt: z.number().nullable(),
  }),
  key: (grant) => grant.id,
  label: (grant) => `${grant.holder.name} → ${grant.keyName}`,
  lookups: { ofHolder: (grant) => `${grant.holder.kind}/${grant.holder.id}` },
})

/** An account of Hevd that has a key grant, or a share of the root key. */
export const keyAccounts = facts('key-account', {
  value: z.object({
    id,
    name: z.string(),
    /** In milliseconds; null while it can sign in. */
    disabledAt: z.number().nullable(),
    /** Whether a second factor is asked for when it signs in; null while nobody can tell. */
    secondFactor: z.boolean().nullable(),
  }),
  key: (account) => account.id,
  label: (account) => account.name,
  lookups: {},
})

/** How the vault's root key is kept. There is one, or none before the vault is taken into use. */
export const rootKeyCustody = facts('root-key-custody', {
  value: z.object({
    id,
    /** `shares`, or what else seals it: `file`, `pkcs11`, `transit`, `aws-kms`, `gcp-kms`, `azure-kms`. */
    seal: z.string(),
    /** Ids of the accounts that have a share each, and how many of them open it; none and 0 where it is not shared. */
    custodians: z.array(z.string()),
    threshold: z.int(),
  }),
  key: (custody) => custody.id,
  lookups: {},
})

/** A place other than the vault where the organisation has encryption keys, as somebody entered it. */
export const keyStores = facts('key-store', {
  value: z.object({
    id,
    name: z.string(),
    kind: z.string(),
    place: z.string(),
    /** Who can reach the keys there; null where nobody has told. */
    reachedBy: z.array(z.string()).nullable(),
    rotatedOn: date.nullable(),
    /** When it was last entered or changed, in milliseconds. */
    toldAt: z.number(),
  }),
  key: (store) => store.id,
  label: (store) => store.name,
  lookups: {},
})

/** The register of those places itself: whether somebody has said that it has them all. */
export const keyStoreLists = facts('key-store-list', {
  value: z.object({
    id,
    /** In milliseconds. */
    confirmedAt: z.number(),
    /** Id of the account. */
    confirmedBy: z.string(),
    stores: z.int(),
  }),
  key: (list) => list.id,
  lookups: {},
})

/** A file of a host that holds key material, without anything of it that is secret. */
export const keyFiles = facts('key-file', {
  value: z.object({
    host: id,
    path: z.string(),
    /** `private-key`: a private key, as PEM or as OpenSSH writes it. `secrets`: settings (`.env`) with secrets in them. */
    kind: z.enum(['private-key', 'secrets']),
    /** The key can be read only with a passphrase. */
    encrypted: z.boolean(),
    /** Of the public half: `SHA256:` and the base64 of the hash of its SubjectPublicKeyInfo; null where it cannot be read. */
    fingerprint: z.string().nullable(),
    /** How many secrets were recognised; a private key is one. */
    secrets: z.int().min(1),
    /** Permission bits (chmod(2)), such as 416 for 0640. */
    mode: z.int(),
    /** Who may read it. */
    openTo,
  }),
  key: (file) => `${file.host}${file.path}`,
  label: (file) => file.path,
  scope: 'ofHost',
  lookups: {
    ofHost: (file) => file.host,
    /** By the most that may read it: `everybody`, `group`, `owner`, or `root` alone. */
    readableBy: ({ openTo: { everybody, gid, uid } }) =>
      everybody ? 'everybody' : gid !== null ? 'group' : uid !== null ? 'owner' : 'root',
  },
})
