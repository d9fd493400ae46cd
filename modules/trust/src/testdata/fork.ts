import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkpointText,
  decodeEntryBundle,
  encodeEntryBundle,
  inclusionPath,
  leafHashes,
  newSigner,
  nodeHash,
  parseTilePath,
  signNote,
  toBase64,
} from '@hevd/tlog'
import type { TrustView } from '../contract.ts'
import type { Lie } from './proxy.ts'
import type { World } from './world.ts'

/**
 * The public log with its first entry exchanged, signed with the log's own key and served whole: what a dishonest
 * operator can do to everybody who never saw the log before.
 */
export function forkOf(world: World): Promise<Lie> {
  return otherLog(world, (entries) => entries.with(0, Buffer.from('{"kind":"another past"}')))
}

/** The public log without its last entries, signed with the log's own key. */
export function shortened(world: World, by: number): Promise<Lie> {
  return otherLog(world, (entries) => entries.slice(0, -by))
}

async function otherLog(
  world: World,
  change: (entries: readonly Uint8Array[]) => readonly Uint8Array[],
): Promise<Lie> {
  const { size: whole } = await world.ledger.state(world.organisation, 'public')
  if (whole > 256) throw new Error('The other log is made of one tile')
  const origin = `hevd/${world.organisation}/public`
  const bundle = await world.app.inject({ url: `/log/tile/entries/000${whole < 256 ? `.p/${whole}` : ''}` })
  const entries = change(decodeEntryBundle(bundle.rawPayload))
  const size = entries.length
  const hashes = leafHashes(entries)
  const node = (start: number, end: number): Uint8Array => {
    if (end - start === 1) return hashes.subarray(start * 32, end * 32)
    let width = 1
    while (width * 2 < end - start) width *= 2
    return nodeHash(node(start, start + width), node(start + width, end))
  }
  const key = createPrivateKey(
    readFileSync(join(world.home, 'ledger', world.organisation, 'public', 'key.pem')),
  )
  const checkpoint = signNote(checkpointText({ origin, size, root: node(0, size) }), [newSigner(origin, key)])
  const view = await forkedView(await world.view(), checkpoint, size, (index) =>
    inclusionPath(index, size, async (nodes) =>
      nodes.map(({ level, index: at }) => node(at * 2 ** level, (at + 1) * 2 ** level)),
    ),
  )
  return (path) => {
    if (path === '/log/checkpoint') return checkpoint
    if (path === '/api/trust') return JSON.stringify(view)
    const tile = parseTilePath(path.slice('/log/'.length))
    if (tile === null) return null
    if (tile.kind === 'entries') return Buffer.from(encodeEntryBundle(entries.slice(0, tile.width)))
    return tile.level === 0 ? Buffer.from(hashes.subarray(0, tile.width * 32)) : null
  }
}

async function forkedView(
  view: TrustView,
  checkpoint: string,
  size: number,
  pathOf: (index: number) => Promise<readonly Uint8Array[]>,
): Promise<TrustView> {
  const sections = []
  for (const section of view.sections) {
    const controls = []
    for (const control of section.controls) {
      const path = (await pathOf(control.proof.index)).map(toBase64)
      const history = await Promise.all(
        control.history.map(async ({ leaf, proof }) => ({
          leaf,
          proof: { ...proof, size, checkpoint, path: (await pathOf(proof.index)).map(toBase64) },
        })),
      )
      controls.push({ ...control, history, proof: { ...control.proof, size, checkpoint, path } })
    }
    sections.push({ ...section, controls })
  }
  return { ...view, checkpoint, sections }
}
