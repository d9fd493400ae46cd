import { type Block, tidy } from './blocks.ts'

/** A sentence of the page, and what stands above it. */
export type Sentence = {
  /** As the page says it; of a table's row, its cells with ` · ` between. */
  readonly text: string
  /** What stands above it, nearest first: label of the row, lead-in of the list, headings. */
  readonly above: readonly string[]
  /** A heading with nothing beneath it: a promise in a list of names, or just a title. */
  readonly isHeading: boolean
}

/** Splits a page into its sentences. A heading with nothing beneath it is one too. */
export function sentencesOf(blocks: readonly Block[]): Sentence[] {
  const headings: { readonly level: number; readonly text: string }[] = []
  let leadIn: string | null = null
  return blocks.flatMap((block, index): Sentence[] => {
    if (block.kind === 'heading') {
      while ((headings.at(-1)?.level ?? 0) >= block.level) headings.pop()
      headings.push(block)
      leadIn = null
      return hasNothingBeneath(blocks, index)
        ? [{ text: block.text, above: outer(headings.slice(0, -1)), isHeading: true }]
        : []
    }
    if (block.kind === 'row') return rowSentences(block, outer(headings))
    const sentences = split(block.text)
    if (block.kind === 'paragraph')
      leadIn = sentences.at(-1)?.endsWith(':') ? (sentences.at(-1) ?? null) : null
    const above = block.kind === 'item' && leadIn !== null ? [leadIn, ...outer(headings)] : outer(headings)
    return sentences.map((text) => ({ text, above, isHeading: false }))
  })
}

function outer(headings: readonly { readonly text: string }[]): string[] {
  return headings.map(({ text }) => text).reverse()
}

function hasNothingBeneath(blocks: readonly Block[], index: number): boolean {
  const [own, next] = [blocks[index], blocks[index + 1]]
  if (own?.kind !== 'heading') return false
  return next === undefined || (next.kind === 'heading' && next.level <= own.level)
}

const shortCell = 5

/** The label goes with the first sentence, and so do the short cells: “Risk review · Risks are rated · Yearly”. */
function rowSentences(
  { cells, headers }: Block & { readonly kind: 'row' },
  headings: readonly string[],
): Sentence[] {
  const parts = cells
    .flatMap((cell, index) => (index === 0 ? cell.split('\n') : [cell]))
    .map(tidy)
    .filter((part) => part !== '')
  const [first = '', ...rest] = parts
  const isLabel = rest.length > 0 && !/[.!?]$/.test(first) && first.split(' ').length <= 10
  const above = [...headers, ...headings]
  const isHeading = false
  if (!isLabel) return parts.flatMap((part) => split(part)).map((text) => ({ text, above, isHeading }))
  const long = rest.filter((part) => part.split(' ').length > shortCell)
  const short = rest.filter((part) => !long.includes(part) && /\p{L}|\d/u.test(part))
  const [leading = '', ...others] = long.flatMap((part) => split(part))
  const joined = [first, leading, ...short].filter((part) => part !== '').join(' · ')
  return [
    { text: joined, above, isHeading },
    ...others.map((text) => ({ text, above: [first, ...above], isHeading })),
  ]
}

const abbreviations =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|incl|no|nos|st|inc|ltd|dr|mr|ms|bl\.a|f\.eks|dvs|ca|nr|pkt|jf|inkl|evt|osv|mv|mfl|kap|kl|ev|tlf|pr|\p{L})\.$|^\d+\.$/iu

/** Sentences end at . ! ? before a capital, a digit or a quotation mark; not after an abbreviation or an ordinal. */
export function split(text: string): string[] {
  const sentences: string[] = []
  let begin = 0
  for (const match of text.matchAll(/[.!?]["»”’)]*\s+(?=["«“(‘]?[\p{Lu}\d])/gu)) {
    const end = match.index + match[0].trimEnd().length
    const sentence = text.slice(begin, end)
    if (abbreviations.test(sentence)) continue
    sentences.push(sentence.trim())
    begin = end
  }
  sentences.push(text.slice(begin).trim())
  return sentences.filter((sentence) => /\p{L}{2}/u.test(sentence))
}
