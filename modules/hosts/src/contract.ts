import { instant } from '@hevd/http'
import { importing, importPreviewOf, previewing } from '@hevd/register-file/contract'
import { z } from 'zod'

const role = z.enum(['production', 'workstation', 'other'])

/** The certificate of a remote agent that was issued last. */
export const agentCertificate = z.object({
  serial: z.string(),
  /** `waiting`: issued, and not used yet. `expired` renews itself for a time. */
  state: z.enum(['waiting', 'good', 'expired', 'revoked']),
  issuedAt: instant,
  notAfter: instant,
  revokedAt: instant.nullable(),
  /** `rejoined`: the host joined anew; `ended`: the host was ended; `left`: its own `hevd agent leave`. */
  revokedFor: z.enum(['administrator', 'rejoined', 'ended', 'left']).nullable(),
  /** When this is not the host's first joining: when it joined anew. */
  rejoinedAt: instant.nullable(),
  /** Since when two agents are seen to use it at the same time; null when one does. */
  sharedAt: instant.nullable(),
  /** Version of the agent that used it last. */
  version: z.string().nullable(),
})
export type AgentCertificate = z.infer<typeof agentCertificate>

/** A host that the organisation declares as its own. */
export const host = z.object({
  id: z.string(),
  name: z.string(),
  role,
  declaredBy: z.string(),
  declaredAt: instant,
  endedAt: instant.nullable(),
  /** When its agent was last heard; null when never. */
  lastHeardAt: instant.nullable(),
  /** Null where no agent of another machine has joined: the one beside the server, or none. */
  certificate: agentCertificate.nullable(),
})
export type Host = z.infer<typeof host>
export const changingHost = z.object({
  name: z.string().trim().min(1).max(200).optional(),
  role: role.optional(),
  /** True ends the host: its agent's token stops working and its facts are recorded as gone. */
  ended: z.boolean().optional(),
})
export type ChangingHost = z.infer<typeof changingHost>

/** `POST /api/join-tokens`: for a host that is declared, or for one that is declared by joining. */
export const makingJoinToken = z.union([
  z.strictObject({ host: z.string().max(100) }),
  z.strictObject({ role }),
])
export type MakingJoinToken = z.infer<typeof makingJoinToken>
/** The only time that a token is told. `command` is what to run on the host. */
export const madeJoinToken = z.object({ id: z.string(), token: z.string(), expiresAt: instant })
export type MadeJoinToken = z.infer<typeof madeJoinToken>
export const offeredJoinToken = madeJoinToken.extend({ command: z.string() })
export type OfferedJoinToken = z.infer<typeof offeredJoinToken>
/** A token that an agent could still join by. */
export const joinToken = z.object({
  id: z.string(),
  host: z.string().nullable(),
  role: role.nullable(),
  madeBy: z.string(),
  madeAt: instant,
  expiresAt: instant,
})
export type JoinToken = z.infer<typeof joinToken>
/** `GET /api/join-tokens`; `address` is where agents reach the server, null where it does not listen for them. */
export const joinTokens = z.object({ address: z.string().nullable(), tokens: z.array(joinToken) })
export type JoinTokens = z.infer<typeof joinTokens>

const base64 = z.base64().max(2000)
/**
 * `POST /api/agent/join` of the agents' listener. `publicKey` is SubjectPublicKeyInfo of P-256 in DER; `signature` (ECDSA
 * with SHA-256, DER) is by it over `joinStatement`. `host` is the id the agent made for itself, used for a new host.
 */
export const joining = z.object({
  token: z.string().max(200),
  publicKey: base64,
  signature: base64,
  host: z.string().max(100),
  name: z.string().trim().min(1).max(200),
})
export type Joining = z.infer<typeof joining>
export const joined = z.object({
  organisation: z.string(),
  host: z.object({ id: z.string(), name: z.string(), role }),
  /** PEM, both. */
  certificate: z.string(),
  authority: z.string(),
  /** Whether the host had an agent before: its certificates are revoked, its history goes on. */
  rejoined: z.boolean(),
  protocol: z.int(),
  version: z.string(),
})
export type Joined = z.infer<typeof joined>
/** `POST /api/agent/renewal`: a new key, signed by itself over `renewalStatement`; the old one speaks in TLS. */
export const renewing = z.object({ publicKey: base64, signature: base64 })
export type Renewing = z.infer<typeof renewing>
export const renewed = z.object({ certificate: z.string(), authority: z.string() })
export type Renewed = z.infer<typeof renewed>

/** What an imported list is of: machines, a provider's disks, devices of device management. */
export const listKind = z.enum(['hosts', 'volumes', 'devices'])
export type ListKind = z.infer<typeof listKind>
/** A list that was imported from a file, by what it is of and where it comes from. */
export const hostList = z.object({
  of: listKind,
  source: z.string(),
  importedAt: instant,
  entries: z.int(),
})
export type HostList = z.infer<typeof hostList>
/** Names of the organisation's own choosing, such as `aws-eu-north-1`. */
const source = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u)
export const which = z.object({ of: listKind, source })
/** `POST /api/host-lists/preview` and `POST /api/host-lists`: a CSV, or JSON of a cloud's own tool. */
export const previewingList = previewing.extend(which.shape)
export const importingList = importing.extend(which.shape)
/** An item of a list as a preview shows it; what its kind has not is not there. Several texts are one, with commas. */
export const listedItem = z.object({
  id: z.string(),
  name: z.string(),
  otherNames: z.string().optional(),
  kind: z.enum(['server', 'workstation']).optional(),
  serials: z.string().optional(),
  serial: z.string().optional(),
  user: z.string().optional(),
  os: z.string().optional(),
  encrypted: z.boolean().nullable().optional(),
  locks: z.boolean().nullable().optional(),
  compliant: z.boolean().nullable().optional(),
  lastCheckIn: instant.nullable().optional(),
})
export type ListedItem = z.infer<typeof listedItem>
/** What the file would make of the list before it: what is `notInFile` goes, and is counted by the brake. */
export const listPreview = importPreviewOf(listedItem)
export type ListPreview = z.infer<typeof listPreview>
export const listImported = z.object({ added: z.int(), changed: z.int(), removed: z.int() })
