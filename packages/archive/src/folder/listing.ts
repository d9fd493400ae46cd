import { ArchiveError } from '../errors.ts'
import { type Entry, type ListingLine, listingLine } from './entry.ts'

/** Lines of JSON as bytes. */
export async function* toLines(
  lines: AsyncIterable<ListingLine> | Iterable<ListingLine>,
): AsyncGenerator<Uint8Array> {
  let held = ''
  for await (const line of lines) {
    held += `${JSON.stringify(line)}\n`
    if (held.length < 65_536) continue
    yield Buffer.from(held)
    held = ''
  }
  if (held !== '') yield Buffer.from(held)
}

/**
 * The lines of a listing, each checked. Throws `entry-unsafe` for a path that leads out of the folder, `content-differs` for
 * a line that is none and for a listing that ends before its end.
 * @param name what errors call it
 */
export async function* fromLines(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<ListingLine> {
  let entries = 0
  let ended = false
  for await (const text of texts(bytes)) {
    const line = parsed(text, name)
    if (line.kind === 'entry') entries += 1
    if (line.kind === 'end' && line.entries === entries) ended = true
    yield line
  }
  if (!ended) throw new ArchiveError('content-differs', { name, reason: 'ends early' })
}

/** The entries alone. */
export async function* entriesOf(lines: AsyncIterable<ListingLine>): AsyncGenerator<Entry> {
  for await (const line of lines) if (line.kind === 'entry') yield line
}

function parsed(text: string, name: string): ListingLine {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch (error) {
    throw new ArchiveError('content-differs', { name, reason: 'has a line that is not JSON' }, error)
  }
  const result = listingLine.safeParse(line)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = typeof line === 'object' && line !== null && 'path' in line ? String(line.path) : name
  if (issue?.message === 'leads out of the folder')
    throw new ArchiveError('entry-unsafe', { name: path, reason: issue.message })
  throw new ArchiveError('content-differs', {
    name,
    reason: `has a line that is none (${issue?.path.join('.')})`,
  })
}

async function* texts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: false })
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}
