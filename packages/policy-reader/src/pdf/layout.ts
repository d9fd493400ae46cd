import { type Block, tidy } from '../blocks.ts'
import { itemOf, joinLines } from '../read-text.ts'
import type { Run } from './content.ts'

type Line = { text: string; readonly x: number; end: number; readonly y: number; size: number }
/** Lines that belong together: a paragraph, a heading, an item, a cell. */
type Chunk = { readonly lines: Line[]; readonly size: number }

/** The blocks of pages from what is drawn on them, in the order of drawing, which is that of reading. */
export function layout(pages: readonly (readonly Run[])[]): Block[] {
  const chunks = pages.flatMap((runs, page) => chunksOf(linesOf(runs)).map((chunk) => ({ ...chunk, page })))
  const usual = usualSize(chunks)
  const blocks: Block[] = []
  let row: { cells: string[]; y: number; page: number; end: number } | null = null
  for (const { lines, size, page } of chunks) {
    const first = lines[0]
    if (first === undefined) continue
    const text = joinLines(lines.map((line) => line.text))
    if (text === '') continue
    if (row !== null && row.page === page && Math.abs(row.y - first.y) < size * 0.3 && first.x > row.end) {
      const previous = blocks.at(-1)
      row.cells.push(text)
      row.end = rightOf(lines)
      blocks[blocks.length - 1] = rowOrParagraph(row.cells, previous)
      continue
    }
    row = { cells: [text], y: first.y, page, end: rightOf(lines) }
    const above = blocks.at(-1)
    if (size > usual * 1.12) blocks.push({ kind: 'heading', level: levelOf(size / usual), text })
    else if (itemOf(text) !== null) blocks.push({ kind: 'item', text: itemOf(text) ?? text })
    else if (above !== undefined && isCutOff(above) && /^\p{Ll}/u.test(text))
      blocks[blocks.length - 1] = { ...above, text: `${above.text} ${text}` }
    else blocks.push({ kind: 'paragraph', text })
  }
  return blocks
}

/** A paragraph that a page or column cuts off in the middle of a sentence. */
function isCutOff(block: Block): block is Block & { readonly kind: 'paragraph' | 'item' } {
  return (block.kind === 'paragraph' || block.kind === 'item') && !/[.!?:;]["»”’)]*$/.test(block.text)
}

/** Side by side: a row of a table where the first is short, two columns of running text where it is long. */
function rowOrParagraph(cells: readonly string[], previous: Block | undefined): Block {
  const [first = ''] = cells
  if (previous?.kind === 'item' && cells.length === 2 && /^(\d{1,2}[.)]|[•▪◦–-])$/.test(first))
    return { kind: 'item', text: cells[1] ?? '' }
  if (/^(\d{1,2}[.)]|[•▪◦●○–-])$/.test(first)) return { kind: 'item', text: cells.slice(1).join(' ') }
  return first.split(' ').length <= 12 && !/[.!?]$/.test(first)
    ? { kind: 'row', cells, headers: [] }
    : { kind: 'paragraph', text: tidy(cells.join(' ')) }
}

function rightOf(lines: readonly Line[]): number {
  return Math.max(...lines.map((line) => line.end))
}

function levelOf(ratio: number): number {
  return ratio > 1.7 ? 1 : ratio > 1.25 ? 2 : 3
}

/** The size most of the text has. */
function usualSize(chunks: readonly Chunk[]): number {
  const letters = new Map<number, number>()
  for (const { size, lines } of chunks) {
    const rounded = Math.round(size * 2) / 2
    letters.set(rounded, (letters.get(rounded) ?? 0) + lines.reduce((sum, { text }) => sum + text.length, 0))
  }
  return [...letters].sort(([, one], [, other]) => other - one)[0]?.[0] ?? 1
}

function linesOf(runs: readonly Run[]): Line[] {
  const lines: Line[] = []
  for (const run of runs) {
    const line = lines.at(-1)
    const gap = line === undefined ? 0 : run.x - line.end
    const same = line !== undefined && Math.abs(run.y - line.y) < 0.45 * Math.max(run.size, 1)
    if (line !== undefined && same && gap > -run.size && gap < run.size * 1.5) {
      const spaced = gap > run.size * 0.15 && !line.text.endsWith(' ') && !run.text.startsWith(' ')
      line.text += spaced ? ` ${run.text}` : run.text
      line.end = Math.max(line.end, run.end)
      line.size = Math.max(line.size, run.size)
    } else if (run.text.trim() !== '')
      lines.push({ text: run.text, x: run.x, end: run.end, y: run.y, size: run.size })
  }
  return lines
}

/** A new chunk begins after a gap, with another size, further up (next column or cell), or with a bullet or number. */
function chunksOf(lines: readonly Line[]): Chunk[] {
  const chunks: Chunk[] = []
  for (const line of lines) {
    const chunk = chunks.at(-1)
    const last = chunk?.lines.at(-1)
    const down = last === undefined ? 0 : last.y - line.y
    const together =
      chunk !== undefined &&
      last !== undefined &&
      Math.abs(chunk.size - line.size) < 0.6 &&
      down > 0.3 * line.size &&
      down < 1.75 * line.size &&
      line.x < rightOf(chunk.lines) &&
      !startsItem(line.text)
    if (together) chunk.lines.push(line)
    else chunks.push({ lines: [line], size: line.size })
  }
  return chunks
}

function startsItem(text: string): boolean {
  return /^\s*([•▪◦●○]|\d{1,2}(\.\d{1,2})*[.)])(\s|$)/.test(text)
}
