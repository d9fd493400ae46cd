import { generateKeyPairSync } from 'node:crypto'
import type { EntryView, InclusionProof, LogView } from '@hevd/ledger/contract'
import {
  checkpointText,
  formatVerifierKey,
  inclusionPath,
  leafHash,
  newSigner,
  nodeHash,
  rootFrom,
  signNote,
  toBase64,
} from '@hevd/tlog'
import type { PostureLeaf } from '@hevd/trust/contract'

const kinds = [
  'judged',
  'feed-silent',
  'feed-returned',
  'account-owner-declared',
  'exception-approved',
  'host-declared',
] as const

/** A small real log with a real key, so that its proofs hold; and one that lies on demand. */
export function ledgerFixture(log: 'internal' | 'public', size: number, now: number) {
  const origin = `hevd/fjordkraft/${log}`
  const signer = newSigner(origin, generateKeyPairSync('ed25519').privateKey)
  const real = Math.min(size, 512)
  const body = (index: number) => ({
    by: index % 3 === 0 ? '3f2a1c34-0000-4000-8000-000000000001' : 'hevd',
    feed: `web-0${(index % 9) + 1}/accounts`,
    findings: index % 12,
    root: 'c0ffee'.repeat(8),
  })
  const kind = (index: number) => (log === 'public' ? 'posture' : (kinds[index % kinds.length] ?? 'judged'))
  const leaf = (index: number) =>
    Buffer.from(JSON.stringify({ ...body(index), at: now - index, kind: kind(index) }))
  const hashAt = (level: number, index: number): Uint8Array =>
    level === 0
      ? leafHash(leaf(index))
      : nodeHash(hashAt(level - 1, index * 2), hashAt(level - 1, index * 2 + 1))
  const hashes = (nodes: readonly { readonly level: number; readonly index: number }[]) =>
    Promise.resolve(nodes.map(({ level, index }) => hashAt(level, index)))
  const checkpoint = async () =>
    real === 0
      ? null
      : signNote(checkpointText({ origin, size: real, root: await rootFrom(real, hashes) }), [signer])
  return {
    async view(): Promise<LogView> {
      const note = await checkpoint()
      return {
        log,
        origin,
        verifierKey: formatVerifierKey(signer.key),
        size: real,
        waiting: real === 0 ? 0 : 2,
        root: real === 0 ? null : toBase64(await rootFrom(real, hashes)),
        signedAt: real === 0 ? null : now - 4000,
        checkpoint: note,
        witnesses: real === 0 ? [] : [{ name: 'witness.example/oslo', size: real - 3, at: now - 60_000 }],
      }
    },
    entries(before: number, limit: number) {
      const from = Math.min(before, real)
      const count = Math.max(0, Math.min(limit, from))
      const items: EntryView[] = Array.from({ length: count }, (_, offset) => {
        const index = from - 1 - offset
        return {
          index,
          id: `0199-${index}`,
          kind: kind(index),
          at: now - (real - index) * 700_000,
          body: body(index),
          leafHash: toBase64(hashAt(0, index)),
          personal:
            index % 5 === 0 ? [{ field: 'person', payload: { name: 'Siri Nygård' }, erased: false }] : [],
        }
      })
      return { items, next: from - count > 0 ? from - count : null, size: real }
    },
    async proof(index: number, lying: boolean): Promise<InclusionProof> {
      const path = await inclusionPath(index, real, hashes)
      return {
        index,
        size: real,
        leaf: toBase64(lying ? Buffer.from('{"kind":"altered"}') : leaf(index)),
        path: path.map(toBase64),
        checkpoint: (await checkpoint()) ?? '',
      }
    },
  }
}

/** What a control's newest leaf says: its state where that is opened, else a commitment. */
export function leafFixture(control: string, opened: boolean, now: number): PostureLeaf {
  return {
    kind: 'posture',
    organisation: 'fjordkraft',
    control,
    sequence: 41,
    at: now - 12 * 60_000,
    validUntil: now + 58 * 60_000,
    policyDigest: '5f1d'.repeat(16),
    testsDigest: '0ac9'.repeat(16),
    state: opened ? 'fails' : null,
    since: opened ? now - 26 * 3_600_000 : null,
    attested: false,
    counts: null,
    findingsRoot: null,
    commitment: opened ? null : 'be11'.repeat(16),
  }
}
