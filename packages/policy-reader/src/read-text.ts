import { type Block, tidy } from './blocks.ts'

/** The blocks of plain text: headings are set apart by capitals, an underline or a number; a numbered line begins a clause. */
export function readText(source: string): Block[] {
  const lines = source
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replaceAll('\t', '    '))
  const blocks: Block[] = []
  let kind: 'paragraph' | 'item' = 'paragraph'
  let open: string[] = []
  const end = () => {
    if (open.length > 0) blocks.push({ kind, text: joinLines(open) })
    kind = 'paragraph'
    open = []
  }
  for (const [index, line] of lines.entries()) {
    const text = line.trim()
    if (text === '' || /^[=\-_*~]{3,}$/.test(text)) {
      end()
      continue
    }
    const alone = (lines[index - 1] ?? '').trim() === '' || blocks.at(-1)?.kind === 'heading'
    const underlined = /^\s*[=\-~]{3,}\s*$/.test(lines[index + 1] ?? '')
    const item = itemOf(text)
    if (underlined || (alone && isHeading(text, (lines[index + 1] ?? '').trim()))) {
      end()
      blocks.push({ kind: 'heading', level: levelOf(text), text: tidy(withoutNumber(text)) })
    } else if (item !== null) {
      end()
      kind = 'item'
      open = [item]
    } else open.push(text)
  }
  end()
  return blocks
}

/** Lines made one text; a word parted at the end of a line is made whole. */
export function joinLines(lines: readonly string[]): string {
  const whole = lines.reduce((text, line) =>
    /\p{L}-$/u.test(text) && /^\p{Ll}/u.test(line) && !/^(og|eller|and|or)\b/.test(line)
      ? text.slice(0, -1) + line
      : `${text} ${line}`,
  )
  return tidy(whole)
}

const bullet =
  /^(?:[-*•–·▪◦●○]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|[A-Z]\.\d{1,2}(?:\.\d{1,2})*|\(?[a-z0-9]{1,2}\)|\d{1,2}\.)\s+(\S.*)$/

/** What a line that begins an item says, without its mark or number. */
export function itemOf(text: string): string | null {
  return bullet.exec(text)?.[1] ?? null
}

function withoutNumber(text: string): string {
  return itemOf(text) ?? text
}

function levelOf(text: string): number {
  const number = /^(\d+(?:\.\d+)*)\.?\s/.exec(text)?.[1]
  return number === undefined ? 1 : 1 + number.split('.').length
}

/** A short line without a full stop that stands alone: in capitals, numbered, or before an empty line. */
function isHeading(text: string, next: string): boolean {
  if (text.length > 80 || /[.,;:]$/.test(text)) return false
  const capitals = /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)
  return capitals || (next === '' && text.split(' ').length <= 10 && !/^[-*•]/.test(text))
}
