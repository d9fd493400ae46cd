import { bilingual, instant, state, tally } from '@hevd/http'
import { inclusionProof } from '@hevd/ledger/contract'
import { z } from 'zod'

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
  state: state.nullable(),
  since: instant.nullable(),
  attested: z.boolean(),
  counts: tally.nullable(),
  findingsRoot: z.string().nullable(),
  /** SHA-256 over a salt and what is withheld, hex; null when nothing is. */
  commitment: z.string().nullable(),
})
export type PostureLeaf = z.infer<typeof postureLeaf>

/** `GET /api/trust`: what `/trust` shows, with the proof of each control. */
export const trustView = z.object({
  organisation: z.object({ id: z.string(), name: z.string() }),
  at: instant,
  origin: z.string(),
  verifierKey: z.string(),
  checkpoint: z.string(),
  sections: z.array(
    z.object({
      id: z.string(),
      title: bilingual,
      controls: z.array(
        z.object({
          id: z.string(),
          title: bilingual,
          statement: bilingual,
          how: bilingual,
          parameters: z.record(z.string(), z.unknown()),
          shows: z.enum(['statement', 'status', 'status-and-history']),
          leaf: postureLeaf,
          proof: inclusionProof,
        }),
      ),
    }),
  ),
})
export type TrustView = z.infer<typeof trustView>
