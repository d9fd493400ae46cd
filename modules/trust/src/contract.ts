import { bilingual, instant, policyState, tally } from '@hevd/http'
import { inclusionProof, logView } from '@hevd/ledger/contract'
import { z } from 'zod'

/** What is public of a control: its words; its state too; also the counts behind it and how it stood before. */
export const shows = z.enum(['statement', 'status', 'status-and-history'])
export type Shows = z.infer<typeof shows>

/** What a posture leaf says of one control: the bytes of it are canonical JSON of exactly this. */
export const postureLeaf = z.object({
  kind: z.literal('posture'),
  organisation: z.string(),
  control: z.string(),
  /** One more than the control's leaf before it. */
  sequence: z.int(),
  at: instant,
  validUntil: instant,
  /** SHA-256, hex, of the control's published words and parameters (DESIGN.md). */
  policyDigest: z.string(),
  testsDigest: z.string(),
  /** Null where the organisation withholds it: the leaf is then a commitment. */
  state: policyState.nullable(),
  since: instant.nullable(),
  attested: z.boolean(),
  counts: tally.nullable(),
  findingsRoot: z.string().nullable(),
  /** SHA-256 over a salt and what is withheld, hex; null when nothing is. */
  commitment: z.string().nullable(),
  /** SHA-256, hex, of why the control does not apply (`notApplicable`), in canonical JSON; only where `state` says so. */
  reasonDigest: z.string().optional(),
})
export type PostureLeaf = z.infer<typeof postureLeaf>

/** A leaf and its place in the public log. */
export const provenLeaf = z.object({ leaf: postureLeaf, proof: inclusionProof })
export type ProvenLeaf = z.infer<typeof provenLeaf>

/** `GET /api/trust/controls/:id`: a control's newest leaf that a signed checkpoint covers, and the log it stands in. */
export const controlProof = provenLeaf.extend({ log: logView })
export type ControlProof = z.infer<typeof controlProof>

/** What the organisation shows of a control, and what it will show instead from `at` on. */
export const publicity = z.object({
  control: z.string(),
  shows,
  next: z.object({ shows, at: instant }).nullable(),
})
export type Publicity = z.infer<typeof publicity>

/** `GET /api/trust/shows`, in policy order. */
export const publicities = z.array(publicity)

/** `PUT /api/trust/shows`: what these controls are to show. Opening happens at once, withholding after a delay. */
export const changingPublicity = z.object({
  controls: z
    .array(z.object({ control: z.string(), shows }))
    .min(1)
    .max(200),
})

/** Why a control does not apply, in the organisation's words, and when that is to be looked at again. */
export const notApplicable = z.object({ reason: z.string(), reviewBy: instant })
export type NotApplicable = z.infer<typeof notApplicable>

export const trustControl = z.object({
  id: z.string(),
  title: bilingual,
  statement: bilingual,
  how: bilingual,
  parameters: z.record(z.string(), z.unknown()),
  shows,
  /** Set while a withholding waits for its time. */
  withholding: z.object({ shows, at: instant }).nullable(),
  leaf: postureLeaf,
  proof: inclusionProof,
  /** What the leaf's `reasonDigest` is of; null where it has none. */
  notApplicable: notApplicable.nullable(),
  /** Leaves that began a state, newest first; empty unless the history is public. */
  history: z.array(provenLeaf),
})
export type TrustControl = z.infer<typeof trustControl>

/** `GET /api/trust`: what `/trust` shows, with the proof of each control. */
export const trustView = z.object({
  organisation: z.object({ id: z.string(), name: z.string(), timeZone: z.string() }),
  at: instant,
  origin: z.string(),
  verifierKey: z.string(),
  checkpoint: z.string(),
  sections: z.array(z.object({ id: z.string(), title: bilingual, controls: z.array(trustControl) })),
})
export type TrustView = z.infer<typeof trustView>

/** `GET /api/trust/controls/:id/opening?sequence`: what a leaf withholds, for an auditor to hold against the log. */
export const opening = z.object({
  leaf: postureLeaf,
  proof: inclusionProof.nullable(),
  /** 32 bytes, base64. The commitment is SHA-256 over the salt and the canonical JSON of `withheld`. */
  salt: z.string(),
  withheld: z.record(z.string(), z.unknown()),
})
export type Opening = z.infer<typeof opening>
