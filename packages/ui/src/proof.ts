import type { Bilingual } from '@hevd/core'

/** What the ledger answers about one entry (`inclusionProof` of its contract). */
export type ProofToCheck = {
  readonly index: number
  readonly size: number
  readonly leaf: string
  readonly path: readonly string[]
  readonly checkpoint: string
}
export type ProofAnswer =
  | { readonly state: 'proven'; readonly leafHash: string; readonly root: string; readonly size: number }
  | { readonly state: 'refuted'; readonly words: Bilingual }

/**
 * Checks in this browser that an entry stands in the log under a signed checkpoint (RFC 6962, 2.1.1; C2SP). The code is
 * fetched when it is first asked for. It proves less than `hevd verify` elsewhere, since this server sent the code.
 */
export async function checkProof(
  proof: ProofToCheck,
  log: { readonly origin: string; readonly verifierKey: string },
): Promise<ProofAnswer> {
  const tlog = await import('@hevd/tlog/verify')
  try {
    const key = await tlog.parseVerifierKey(log.verifierKey)
    const { checkpoint } = await tlog.openCheckpoint(proof.checkpoint, { origin: log.origin, keys: [key] })
    const leafHash = await tlog.leafHashAsync(tlog.fromBase64(proof.leaf))
    await tlog.verifyInclusion({
      index: proof.index,
      size: checkpoint.size,
      leafHash,
      path: proof.path.map((hash) => tlog.fromBase64(hash)),
      root: checkpoint.root,
    })
    return {
      state: 'proven',
      leafHash: tlog.toHex(leafHash),
      root: tlog.toHex(checkpoint.root),
      size: checkpoint.size,
    }
  } catch (error) {
    if (error instanceof tlog.TlogError) return { state: 'refuted', words: tlog.tlogErrors[error.code] }
    return { state: 'refuted', words: unreadable }
  }
}

const unreadable: Bilingual = {
  nb: 'Beviset kan ikke leses: det er ikke skrevet slik loggen skriver dem.',
  en: 'The proof cannot be read: it is not written as the log writes them.',
}
