import { type Block, tidy } from './blocks.ts'

const unread = new Set([
  'script',
  'style',
  'nav',
  'noscript',
  'template',
  'svg',
  'head',
  'footer',
  'button',
  'select',
  'iframe',
  'form',
])
const voids = new Set([
  'br',
  'img',
  'hr',
  'input',
  'meta',
  'link',
  'source',
  'wbr',
  'col',
  'area',
  'base',
  'embed',
  'track',
])
const inline = new Set(
  'a abbr b bdi bdo cite code data dfn em i kbd mark q s samp small span strong sub sup time u var font del ins label wbr br img'.split(
    ' ',
  ),
)
const raw = new Set(['script', 'style', 'template', 'noscript', 'svg', 'head', 'iframe'])

/**
 * The blocks of an HTML page, without what is not its text: scripts, styles, navigation, footer. A tokenizer rather
 * than a parser: unclosed p, li, td and the like end where the next begins.
 */
export function readHtml(html: string): Block[] {
  const page = new Page()
  const tokens =
    /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[|<![^>]*>|<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+|</g
  for (let match = tokens.exec(html); match !== null; match = tokens.exec(html)) {
    const [text, closing, name, attributes] = match
    if (name === undefined) {
      if (!text.startsWith('<!')) page.text(decoded(text))
      continue
    }
    const tag = name.toLowerCase()
    if (closing === '/') page.close(tag)
    else if (raw.has(tag) && !attributes?.endsWith('/')) tokens.lastIndex = endOf(html, tag, tokens.lastIndex)
    else page.open(tag, attributes ?? '')
  }
  return page.finish()
}

/** Where the element that began before `from` ends. One that never does takes the rest. */
function endOf(html: string, tag: string, from: number): number {
  const closing = new RegExp(`</${tag}\\s*>`, 'gi')
  closing.lastIndex = from
  return closing.exec(html) === null ? html.length : closing.lastIndex
}

type Kind = 'heading' | 'paragraph' | 'item'

/** Gathers text into blocks as tags come by. */
class Page {
  private readonly blocks: Block[] = []
  private buffer = ''
  private kind: Kind = 'paragraph'
  private level = 1
  private unreadDepth = 0
  private readonly unreadTags: string[] = []
  private inHead = false
  private row: { cells: string[]; heads: number } | null = null
  private headers: readonly string[] = []
  private term: string | null = null

  text(text: string): void {
    if (this.unreadDepth === 0) this.buffer += text
  }

  open(tag: string, attributes: string): void {
    if (this.unreadDepth > 0 || unread.has(tag) || /\b(hidden|aria-hidden="true")/.test(attributes)) {
      if (!voids.has(tag) && !attributes.endsWith('/')) {
        this.unreadDepth += 1
        this.unreadTags.push(tag)
      }
      return
    }
    if (tag === 'br') this.buffer += this.row === null && this.term === null ? ' ' : '\n'
    if (inline.has(tag)) return
    if (this.row !== null && !/^(td|th|tr|table|tbody|thead|tfoot)$/.test(tag)) {
      this.buffer += '\n'
      return
    }
    this.flush()
    if (/^h[1-6]$/.test(tag)) {
      this.kind = 'heading'
      this.level = Number(tag.charAt(1))
    } else if (tag === 'li') this.kind = 'item'
    else if (tag === 'table') this.headers = []
    else if (tag === 'tr') this.row = { cells: [], heads: 0 }
    else if (tag === 'td' || tag === 'th') this.inHead = tag === 'th'
  }

  close(tag: string): void {
    if (this.unreadDepth > 0) {
      const at = this.unreadTags.lastIndexOf(tag)
      if (at >= 0) {
        this.unreadTags.length = at
        this.unreadDepth = at
      }
      return
    }
    if (inline.has(tag)) return
    if (this.row !== null && (tag === 'td' || tag === 'th')) this.cell()
    else if (this.row !== null && (tag === 'tr' || tag === 'table')) this.endRow()
    else if (this.row !== null) this.buffer += '\n'
    else if (tag === 'dt') {
      this.term = tidy(this.buffer)
      this.buffer = ''
    } else if (tag === 'dd' && this.term !== null) {
      this.blocks.push({ kind: 'row', cells: [this.term, tidy(this.buffer)], headers: [] })
      this.buffer = ''
      this.kind = 'paragraph'
    } else {
      this.flush()
      if (tag === 'dl') this.term = null
    }
  }

  finish(): Block[] {
    this.flush()
    return this.blocks
  }

  private cell(): void {
    const lines = this.buffer.split('\n').map(tidy)
    this.buffer = ''
    if (this.row === null) return
    this.row.cells.push(lines.filter((line) => line !== '').join('\n'))
    if (this.inHead) this.row.heads += 1
    this.inHead = false
  }

  private endRow(): void {
    if (this.buffer.trim() !== '') this.cell()
    const row = this.row
    this.row = null
    if (row === null || row.cells.every((cell) => cell === '')) return
    if (row.heads === row.cells.length) this.headers = row.cells
    else this.blocks.push({ kind: 'row', cells: row.cells, headers: this.headers })
  }

  private flush(): void {
    if (this.row !== null) {
      if (this.buffer.trim() !== '') this.cell()
      return
    }
    const text = tidy(this.buffer)
    this.buffer = ''
    if (text !== '') {
      const { kind, level } = this
      if (kind === 'heading') this.blocks.push({ kind, level, text })
      else this.blocks.push({ kind, text })
    }
    this.kind = 'paragraph'
  }
}

const entities: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  bull: '•',
  middot: '·',
  aring: 'å',
  Aring: 'Å',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  eacute: 'é',
  auml: 'ä',
  ouml: 'ö',
  trade: '™',
  sect: '§',
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));?/gi, (whole, hex, decimal, name) => {
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN)
    if (Number.isNaN(code)) return entities[name] ?? whole
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
