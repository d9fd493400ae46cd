import { generateKeyPairSync } from 'node:crypto'
import {
  addCheckpointBody,
  checkpointText,
  consistencyPath,
  formatVerifierKey,
  leafHash,
  newSigner,
  nodeHash,
  type Signer,
  signNote,
} from '@hevd/tlog'
import type { WatchedLog } from '../index.ts'

/** A small log whose whole content is at hand, and that can be made to lie. */
export type TestLog = {
  readonly watched: WatchedLog
  readonly signer: Signer
  checkpoint(size: number): string
  /** The request that shows a checkpoint of `to` to a witness that saw `from`. */
  request(from: number, to: number): Promise<string>
}

/** `entry(index)` are the leaves; two logs of one signer with different entries are a fork. */
export function testLog(
  origin: string,
  signer: Signer = newSigner(origin, generateKeyPairSync('ed25519').privateKey),
  entry: (index: number) => string = (index) => `entry ${index}`,
): TestLog {
  const rootOver = (start: number, end: number): Uint8Array => {
    if (end - start === 1) return leafHash(Buffer.from(entry(start)))
    let width = 1
    while (width * 2 < end - start) width *= 2
    return nodeHash(rootOver(start, start + width), rootOver(start + width, end))
  }
  const checkpoint = (size: number) =>
    signNote(checkpointText({ origin, size, root: rootOver(0, size) }), [signer])
  return {
    watched: { origin, verifierKeys: [formatVerifierKey(signer.key)] },
    signer,
    checkpoint,
    async request(from, to) {
      const path =
        from === 0
          ? []
          : await consistencyPath(from, to, async (nodes) =>
              nodes.map(({ level, index }) => rootOver(index * 2 ** level, (index + 1) * 2 ** level)),
            )
      return addCheckpointBody({ oldSize: from, path, note: checkpoint(to) })
    },
  }
}
