import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { GapWhy } from '@hevd/facts'
import { drawn, openShare, plainText, type Tally, tallyOf } from '@hevd/scan'
import { type ObjectScan, type ScanOptions, unseenObject, whyOf } from '../place.ts'

/** Larger files are sampled by blocks unless everything is wanted; so many bytes of a compressed one are read. */
export const wholeUpTo = 32 * 2 ** 20
const block = 64 * 2 ** 10
export const blocksDrawn = 600
/** A longer line is looked at in parts. */
const longestLine = 64 * 2 ** 10
const head = 8192

/** Looks at a log file line by line; `.gz` is unpacked. A binary file is counted as such and not looked into. */
export async function lookAtFile(path: string, options: ScanOptions): Promise<ObjectScan> {
  let file: FileHandle
  try {
    file = await open(path, 'r')
  } catch (error) {
    return unseenObject(path, whyOf(error))
  }
  const tally = tallyOf(plainText)
  const packed = path.endsWith('.gz')
  let looked = 0
  const ended = (
    state: ObjectScan['state'],
    of: number | null,
    openPart: number,
    binary = 0,
    why?: GapWhy,
  ): ObjectScan => ({
    object: path,
    state,
    looked,
    of,
    open: openPart,
    columns: [
      { column: null, values: tally.values, encrypted: tally.encrypted, binary, found: tally.found() },
    ],
    gaps: why === undefined ? [] : [{ what: path, why }],
  })
  const count = (bytes: number, of: number | null) => {
    looked += bytes
    options.progress(looked, of)
  }
  try {
    const { size } = await file.stat()
    if (size === 0) return ended('whole', 0, 0)
    if (!packed) {
      if (await isBinary(file)) return ended('whole', 0, 0, 1)
      if (size > wholeUpTo && !options.full) {
        const blocks = Math.ceil(size / block)
        const seen = await lookAtBlocks(file, blocks, tally, options, (bytes) => count(bytes, size))
        return seen < Math.min(blocksDrawn, blocks)
          ? ended('partial', size, 1, 0, 'stopped')
          : ended('sample', size, openShare(seen, blocks))
      }
    }
    const stream = packed
      ? createReadStream(path).pipe(createGunzip())
      : createReadStream(path, { start: 0, end: size - 1 })
    const most = packed && !options.full ? wholeUpTo : Number.POSITIVE_INFINITY
    const end = await lookAtStream(stream, tally, options, most, (bytes) =>
      count(bytes, packed ? null : size),
    )
    if (end === 'binary') return ended('whole', 0, 0, 1)
    if (end === 'whole') return ended('whole', looked, 0)
    const why = end === 'enough' ? (`unpacked-part ${most / 2 ** 20}` as const) : 'stopped'
    return ended('partial', packed ? null : size, 1, 0, why)
  } catch (error) {
    return ended('partial', null, 1, 0, whyOf(error))
  } finally {
    await file.close()
  }
}

/** A file with a NUL near its beginning is no text, as grep(1) has it. */
async function isBinary(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(head), 0, head, 0)
  return buffer.subarray(0, bytesRead).includes(0)
}

/** How many blocks were looked at. Their lines have no numbers. */
async function lookAtBlocks(
  file: FileHandle,
  blocks: number,
  tally: Tally,
  { signal, rest, randomBelow }: ScanOptions,
  count: (bytes: number) => void,
): Promise<number> {
  const buffer = Buffer.alloc(block)
  let seen = 0
  for (const one of drawn(blocksDrawn, blocks, randomBelow)) {
    if (signal.aborted) return seen
    const began = performance.now()
    const { bytesRead } = await file.read(buffer, 0, block, one * block)
    for (const line of buffer.toString('utf8', 0, bytesRead).split('\n')) tally.add(line)
    seen += 1
    count(bytesRead)
    await rest(performance.now() - began)
  }
  return seen
}

async function lookAtStream(
  stream: Readable,
  tally: Tally,
  { signal, rest }: ScanOptions,
  most: number,
  count: (bytes: number) => void,
): Promise<'whole' | 'binary' | 'enough' | 'stopped'> {
  const decoder = new TextDecoder('utf-8')
  let left = ''
  let number = 1
  let bytes = 0
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue
      if (bytes === 0 && chunk.subarray(0, head).includes(0)) return 'binary'
      const began = performance.now()
      const lines = (left + decoder.decode(chunk, { stream: true })).split('\n')
      left = lines.pop() ?? ''
      for (const line of lines) {
        tally.add(line, number)
        number += 1
      }
      if (left.length > longestLine) {
        tally.add(left, number)
        left = ''
      }
      bytes += chunk.length
      count(chunk.length)
      if (bytes >= most) return 'enough'
      if (signal.aborted) return 'stopped'
      await rest(performance.now() - began)
    }
    if (left !== '') tally.add(left, number)
    return 'whole'
  } finally {
    stream.destroy()
  }
}
