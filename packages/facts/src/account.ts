import { z } from 'zod'
import { facts } from './fact-type.ts'

const id = z.string().min(1)
const qualified = (host: string, name: string) => `${host}/${name}`

/** An account of a host, from the name service's `passwd` database. */
export const accounts = facts('account', {
  value: z.object({
    host: id,
    name: z.string(),
    uid: z.int(),
    gid: z.int(),
    home: z.string(),
    shell: z.string(),
    /** The shell exists, may be run, and is not one that only refuses (`nologin`, `false`). */
    shellOpens: z.boolean(),
  }),
  key: (account) => qualified(account.host, account.name),
  label: (account) => account.name,
  scope: 'ofHost',
  lookups: {
    ofHost: (account) => account.host,
    withUid: (account) => qualified(account.host, String(account.uid)),
    named: (account) => qualified(account.host, account.name),
  },
  beneath: ['withUid', 'named'],
})

/** State of an account's password, from `/etc/shadow`. The hash never leaves the host. */
export const passwordStates = facts('password-state', {
  value: z.object({
    host: id,
    account: z.string(),
    /** `locked`: no password can match. `empty`: any log-in without a password is let in. */
    state: z.enum(['set', 'locked', 'empty']),
    /** Name of the hash scheme by crypt(5), such as `yescrypt`; null unless set. */
    scheme: z.string().nullable(),
    /** When the account itself expires, `YYYY-MM-DD`; null for never. */
    accountExpires: z.string().nullable(),
  }),
  key: (state) => qualified(state.host, state.account),
  scope: 'ofHost',
  lookups: { ofHost: (state) => state.host, ofAccount: (state) => qualified(state.host, state.account) },
  beneath: ['ofAccount'],
})

/** A group and its members, those by primary group included. */
export const groups = facts('group', {
  value: z.object({ host: id, name: z.string(), gid: z.int(), members: z.array(z.string()) }),
  key: (group) => qualified(group.host, group.name),
  label: (group) => group.name,
  scope: 'ofHost',
  lookups: {
    ofHost: (group) => group.host,
    withMember: (group) => group.members.map((member) => qualified(group.host, member)),
  },
  beneath: ['withMember'],
})

/** A public key that sshd accepts for an account, from the files `AuthorizedKeysFile` names. */
export const authorizedKeys = facts('authorized-key', {
  value: z.object({
    host: id,
    account: z.string(),
    /** `SHA256:` fingerprint as ssh-keygen prints it. */
    fingerprint: z.string(),
    keyType: z.string(),
    bits: z.int(),
    /** The line makes the key a certificate authority (`cert-authority`). */
    certificateAuthority: z.boolean(),
    /** Restricting options of the line, without their values. */
    options: z.array(z.string()),
    file: z.string(),
    line: z.int(),
  }),
  key: (key) => `${key.host}/${key.account}/${key.file}:${key.line}`,
  scope: 'ofHost',
  lookups: {
    ofHost: (key) => key.host,
    ofAccount: (key) => qualified(key.host, key.account),
    withFingerprint: (key) => key.fingerprint,
  },
  beneath: ['ofAccount'],
})

/** An authority whose user certificates sshd accepts for an account, from the file `TrustedUserCAKeys` names. */
export const certificateAuthorities = facts('certificate-authority', {
  value: z.object({
    host: id,
    account: z.string(),
    /** `SHA256:` fingerprint of the authority's key as ssh-keygen prints it. */
    fingerprint: z.string(),
    keyType: z.string(),
    bits: z.int(),
    /** Names of which a certificate must bear one: the account's own, or those of `AuthorizedPrincipalsFile`. */
    principals: z.array(z.string()),
    file: z.string(),
    line: z.int(),
  }),
  key: (authority) => `${authority.host}/${authority.account}/${authority.file}:${authority.line}`,
  scope: 'ofHost',
  lookups: {
    ofHost: (authority) => authority.host,
    ofAccount: (authority) => qualified(authority.host, authority.account),
  },
  beneath: ['ofAccount'],
})

/** One permission as sudo itself reads its files, includes and ignored files resolved. */
export const sudoRules = facts('sudo-rule', {
  value: z.object({
    host: id,
    /** Position in the order sudo reads, unique on the host. */
    index: z.int(),
    /** `ALL`, an account, `%group`, `#uid`, `%#gid`, `+netgroup`; negation as `!`. */
    principals: z.array(z.string()),
    runAs: z.array(z.string()),
    /** Commands as written; `ALL` for every command. */
    commands: z.array(z.string()),
    withoutPassword: z.boolean(),
  }),
  key: (rule) => `${rule.host}/${rule.index}`,
  scope: 'ofHost',
  lookups: { ofHost: (rule) => rule.host },
})
