import { type Block, tidy } from './blocks.ts'

/** The blocks of a Markdown page (CommonMark's common part and tables), without front matter, code and lines of links. */
export function readMarkdown(source: string): Block[] {
  const blocks: Block[] = []
  let kind: 'paragraph' | 'item' = 'paragraph'
  let lines: string[] = []
  let headers: readonly string[] = []
  let fence: string | null = null
  const end = () => {
    const text = plain(lines.join(' '))
    if (text !== '') blocks.push({ kind, text })
    kind = 'paragraph'
    lines = []
  }
  for (const line of withoutFrontMatter(source)
    .replace(/<!--[\s\S]*?-->/g, '')
    .split('\n')) {
    const mark = /^\s{0,3}(```|~~~)/.exec(line)?.[1] ?? null
    if (fence !== null || mark !== null) {
      if (fence === null) end()
      fence = fence === null ? mark : mark === fence ? null : fence
      continue
    }
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line)
    const item = /^\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$/.exec(line)
    if (line.trim() === '' || onlyLinks(line)) {
      end()
      headers = []
    } else if (heading !== null) {
      end()
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: plain(heading[2] ?? '') })
    } else if (/^\s*(=+|-+)\s*$/.test(line)) {
      const above = plain(lines.join(' '))
      lines = []
      if (above !== '') blocks.push({ kind: 'heading', level: line.includes('=') ? 1 : 2, text: above })
    } else if (/^\s*\|.*\|\s*$/.test(line)) {
      end()
      const cells = line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => plain(cell))
      if (cells.every((cell) => /^:?-+:?$/.test(cell))) {
        const last = blocks.pop()
        if (last?.kind === 'row') headers = last.cells
      } else blocks.push({ kind: 'row', cells, headers })
    } else if (item !== null) {
      end()
      kind = 'item'
      lines = [item[1] ?? '']
    } else lines.push(line.replace(/^\s*>\s?/, ''))
  }
  end()
  return blocks
}

function withoutFrontMatter(source: string): string {
  return source.replace(/\r\n?/g, '\n').replace(/^---\n[\s\S]*?\n---\n/, '')
}

const link = /!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])/g

function onlyLinks(line: string): boolean {
  return link.test(line) && /^[\s|·•*+-]*$/.test(line.replace(link, ''))
}

/** Inline marks taken off: links keep their text, images are left out. */
function plain(text: string): string {
  const words = text
    .replace(link, (whole, label: string) => (whole.startsWith('!') ? '' : label))
    .replace(/<(https?:[^>]*)>/g, '$1')
    .replace(/<\/?[a-zA-Z][^>]*>/g, '')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|[\s(“«"])[*_](?=\S)|(?<=\S)[*_](?=[\s.,;:!?)”»"]|$)/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!|-])/g, '$1')
  return tidy(words)
}
