import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/**
 * What is left of that which was not synced: nothing, all, or of each name, piece and attribute what a number says that
 * is drawn for it, from 0 up to 1.
 */
export type Luck = 'least' | 'most' | (() => number)

/** Numbers of one seed, from 0 up to 1 (mulberry32). */
export function drawnFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export type DiskNode = {
  readonly id: number
  readonly kind: 'file' | 'folder' | 'link'
  /** Of a folder: what each name stood for, the durable first, then what came after it; null for nothing. */
  readonly names: Map<string, { readonly moment: number; readonly node: DiskNode | null }[]>
  /** Of a file: what was written where, or null where it was emptied. */
  readonly content: { readonly moment: number; readonly at: number; readonly bytes: Buffer | null }[]
  /** Owner, mode and moments, as calls that set them. */
  readonly attributes: { readonly moment: number; readonly set: (place: string) => void }[]
  /** Of a symbolic link. */
  readonly target: string
  /** Content and attributes from before this moment are durable. */
  durable: number
}

/** Files and folders with all that a power cut can leave of them. Nodes are known by their numbers, paths are of now. */
export type DiskState = {
  node(id: number): DiskNode
  make(kind: DiskNode['kind'], target?: string): DiskNode
  /** What a path stands for now; empty for the folder itself. */
  find(path: string): DiskNode | null
  name(parent: string, name: string, node: DiskNode | null, moment: number): void
  /** Everything of a node from before this moment is durable from now on: its content, attributes and names. */
  sync(node: DiskNode, before: number): void
  syncAll(before: number): void
}

/** @param folder what lies in it is durable */
export function diskState(folder: string): DiskState {
  const nodes: DiskNode[] = []

  function make(kind: DiskNode['kind'], target = ''): DiskNode {
    const made = { id: nodes.length, kind, names: new Map(), content: [], attributes: [], target, durable: 0 }
    nodes.push(made)
    return made
  }

  function read(place: string): DiskNode {
    const found = lstatSync(place)
    if (found.isSymbolicLink()) return make('link', readlinkSync(place))
    const node = make(found.isDirectory() ? 'folder' : 'file')
    if (node.kind === 'file') node.content.push({ moment: -1, at: 0, bytes: readFileSync(place) })
    else
      for (const name of readdirSync(place).sort())
        node.names.set(name, [{ moment: -1, node: read(join(place, name)) }])
    return node
  }

  const root = read(folder)
  const node = (id: number): DiskNode => {
    const found = nodes[id]
    if (found === undefined) throw new Error(`no node ${id}`)
    return found
  }
  const find = (path: string): DiskNode | null => {
    const parts = path.split('/').filter((part) => part !== '')
    return parts.reduce<DiskNode | null>((at, part) => at?.names.get(part)?.at(-1)?.node ?? null, root)
  }

  function sync(synced: DiskNode, before: number): void {
    synced.durable = Math.max(synced.durable, before)
    for (const [name, values] of synced.names) {
      const first = values.findLastIndex(({ moment }) => moment < before)
      if (first > 0) synced.names.set(name, values.slice(first))
    }
  }

  return {
    node,
    make,
    find,
    name(parent, name, named, moment) {
      const folder = find(parent)
      if (folder === null) throw new Error(`no folder ${parent}`)
      const values = folder.names.get(name) ?? [{ moment: -1, node: null }]
      folder.names.set(name, [...values, { moment, node: named }])
    },
    sync,
    syncAll: (before) => {
      for (const each of nodes) sync(each, before)
    },
  }
}

type Piece = { readonly at: number; readonly bytes: Buffer | null }

/** Content from this size on is linked to one copy of it; nobody writes into a file that was synced. */
const linkedFrom = 1 << 16

/**
 * Makes what a power cut leaves of a disk.
 * @param into is not there yet
 * @param pool a folder of the same file system
 * @returns names and content that are there, as text: states of which it is the same are the same, but for attributes
 */
export function leave(state: DiskState, into: string, pool: string, luck: Luck): string {
  const there: string[] = []
  const draw = () => (luck === 'least' ? 0 : luck === 'most' ? 1 : luck())

  function leaveFile(node: DiskNode, place: string): void {
    const pieces = node.content.flatMap(({ moment, at, bytes }): Piece[] => {
      const share = moment < node.durable ? 1 : draw()
      if (bytes === null) return share > 0 ? [{ at, bytes }] : []
      // Of a piece that was not synced the beginning may be there, or, as often, all.
      const length = share >= 0.5 ? bytes.length : Math.floor(bytes.length * share)
      return length === 0 ? [] : [{ at, bytes: bytes.subarray(0, length) }]
    })
    let size = 0
    for (const { at, bytes } of pieces) size = bytes === null ? 0 : Math.max(size, at + bytes.length)
    there.push(
      `${place.slice(into.length)} ${node.id} ${pieces.map(({ at, bytes }) => `${at}+${bytes?.length}`)}`,
    )
    const write = (path: string) => {
      const content = Buffer.alloc(size)
      for (const { at, bytes } of pieces) {
        if (bytes === null) content.fill(0)
        else bytes.copy(content, at)
      }
      writeFileSync(path, content, { mode: 0o600 })
    }
    const isWhole = pieces.length === node.content.length && node.durable > (node.content.at(-1)?.moment ?? 0)
    if (isWhole && size >= linkedFrom) {
      const copy = join(pool, String(node.id))
      if (lstatSync(copy, { throwIfNoEntry: false })?.size !== size) write(copy)
      linkSync(copy, place)
    } else write(place)
  }

  function leaveNode(node: DiskNode, place: string): void {
    if (node.kind === 'link') symlinkSync(node.target, place)
    if (node.kind === 'file') leaveFile(node, place)
    if (node.kind === 'folder') {
      mkdirSync(place, { mode: 0o700 })
      for (const [name, values] of node.names) {
        const left = values[Math.min(values.length - 1, Math.floor(draw() * values.length))]?.node
        if (left !== null && left !== undefined) leaveNode(left, join(place, name))
      }
    }
    for (const { moment, set } of node.attributes) if (moment < node.durable || draw() >= 0.5) set(place)
  }

  const root = state.find('')
  if (root !== null) leaveNode(root, into)
  return there.sort().join('\n')
}
