import type { Blocks } from './blocks.ts'
import type { Replication } from './connection.ts'
import { type CopyPiece, isCopy, type Message } from './messages.ts'
import { textOf } from './slot.ts'

/** A part of a base backup: the tar of the data directory, that of a tablespace, or PostgreSQL's manifest of them all. */
export type BasePart =
  | { readonly kind: 'base'; readonly content: AsyncIterable<Uint8Array> }
  | { readonly kind: 'tablespace'; readonly oid: string; readonly content: AsyncIterable<Uint8Array> }
  | { readonly kind: 'manifest'; readonly content: AsyncIterable<Uint8Array> }

export type BaseBackup = {
  readonly timeline: number
  readonly startLsn: string
  readonly endLsn: string
}

/** Kinds of copied data of BASE_BACKUP: `n`, `m` and `d`; others tell of progress. */
const archiveBegins = 0x6e
const manifestBegins = 0x6d
const dataFollows = 0x64

const command = (label: string) =>
  `BASE_BACKUP (LABEL '${label.replaceAll("'", "''")}', PROGRESS true, CHECKPOINT 'fast', WAL false, TABLESPACE_MAP true,
   MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256', TARGET 'client', WAIT false)`

/**
 * Takes a base backup (protocol command BASE_BACKUP of PostgreSQL 15 and later). `take` is called for one part after the
 * other and must read each to its end, in blocks that it may give back; while it does not read, the server waits. The server
 * checks its data checksums and fails where one is wrong.
 */
export async function baseBackup(
  replication: Replication,
  label: string,
  take: (part: BasePart) => Promise<void>,
  progress: (done: number, total: number) => void,
  blocks: Blocks,
): Promise<BaseBackup> {
  replication.start(command(label))
  const [start] = await replication.rows()
  const tablespaces = await replication.rows()
  const total = tablespaces.reduce((sum, row) => sum + Number(textOf(row, 'size')), 0) * 1024
  // CopyOutResponse
  await replication.next()
  let piece = pieceOf(await replication.next())
  let done = 0
  while (piece !== null) {
    const part = beginningOf(piece)
    if (part === null) {
      piece = pieceOf(await replication.next())
      continue
    }
    let ended = false
    const content = async function* () {
      let block = blocks.take()
      let filled = 0
      let isData = false
      for (;;) {
        // Waiting for what is here already would take as long as handing it on.
        piece = pieceOf(replication.take() ?? (await replication.next()))
        if (piece === null) break
        const { first, bytes } = piece
        const kind = first ? bytes[0] : undefined
        if (kind === archiveBegins || kind === manifestBegins) break
        if (first) isData = kind === dataFollows
        if (!isData) continue
        for (let rest = first ? bytes.subarray(1) : bytes; rest.length > 0; ) {
          const copied = rest.copy(block, filled)
          filled += copied
          rest = rest.subarray(copied)
          if (filled < block.length) continue
          done += filled
          progress(Math.min(done, total), total)
          yield block
          block = blocks.take()
          filled = 0
        }
      }
      ended = true
      done += filled
      progress(Math.min(done, total), total)
      yield block.subarray(0, filled)
    }
    await take({ ...part, content: content() })
    if (!ended) throw new Error('a part of the base backup was not read to its end')
  }
  const [end] = await replication.rows()
  while ((await replication.next()).type !== 'Z');
  return {
    timeline: Number(textOf(start, 'tli')),
    startLsn: textOf(start, 'recptr'),
    endLsn: textOf(end, 'recptr'),
  }
}

/** A piece of copied data; null at its end. */
function pieceOf(message: Message | CopyPiece): CopyPiece | null {
  if (isCopy(message)) return message
  if (message.type === 'c') return null
  throw new Error(`message ${message.type} within copied data`)
}

type Begun =
  | { readonly kind: 'base' }
  | { readonly kind: 'tablespace'; readonly oid: string }
  | { readonly kind: 'manifest' }

/** `n`: an archive, with its name and the place of its tablespace; `m`: the manifest. */
function beginningOf({ first, bytes }: CopyPiece): Begun | null {
  if (!first) return null
  if (bytes[0] === manifestBegins) return { kind: 'manifest' }
  if (bytes[0] !== archiveBegins) return null
  const name = bytes.toString('utf8', 1, bytes.indexOf(0, 1))
  const oid = /^(\d+)\.tar$/.exec(name)?.[1]
  return oid === undefined ? { kind: 'base' } : { kind: 'tablespace', oid }
}
