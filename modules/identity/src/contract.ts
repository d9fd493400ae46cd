import { z } from 'zod'
import { longestPassphrase, shortestPassphrase } from './domain/passphrase.ts'

export const role = z.enum(['administrator', 'reader', 'auditor'])
export type Role = z.infer<typeof role>
/** Roles of the organisation's own people, which an account can change between. */
export const ownRole = role.exclude(['auditor'])

/** What an auditor is bound to: one period, until an instant. */
export const auditing = z.object({ period: z.uuid(), endsAt: z.number() })
export type Auditing = z.infer<typeof auditing>

/** Typed at sign-in; case does not matter. */
const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,253}$/u)
const passphrase = z.string().min(shortestPassphrase).max(longestPassphrase)

export const signIn = z.object({
  userName: z.string().trim().toLowerCase().max(254),
  passphrase: z.string().max(longestPassphrase),
})
export type SignIn = z.infer<typeof signIn>

export const account = z.object({
  id: z.uuid(),
  name: z.string(),
  userName: z.string(),
  role,
  /** Of an auditor; null for the other roles. */
  auditing: auditing.nullable(),
  createdAt: z.number(),
  disabledAt: z.number().nullable(),
})
export type Account = z.infer<typeof account>

/** `GET /api/names`: what everybody who is signed in may know of an account, so that records can say who. */
export const named = z.object({ id: z.uuid(), name: z.string() })
export type Named = z.infer<typeof named>

/** Who is signed in, and the organisation whose policy this is. */
export const me = z.object({ account, organisation: z.object({ name: z.string(), timeZone: z.string() }) })
export type Me = z.infer<typeof me>

export const invitation = z.object({
  id: z.uuid(),
  role,
  auditing: auditing.nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
})
export type Invitation = z.infer<typeof invitation>

/** The link stands in this answer alone; only its hash is kept. */
export const madeInvitation = invitation.extend({ link: z.string() })
export type MadeInvitation = z.infer<typeof madeInvitation>

/** An auditor is invited to one period; `lastDay` is the last day of the organisation on which they may sign in. */
export const inviting = z.discriminatedUnion('role', [
  z.object({ role: ownRole }),
  z.object({ role: z.literal('auditor'), period: z.uuid(), lastDay: z.iso.date() }),
])
export type Inviting = z.infer<typeof inviting>

export const accepting = z.object({
  token: z.string().max(100),
  name: z.string().trim().min(1).max(200),
  userName,
  passphrase,
})
export type Accepting = z.infer<typeof accepting>

export const changingAccount = z.object({ role: ownRole.optional(), disabled: z.boolean().optional() })
