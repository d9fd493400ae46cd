import { inflateSync } from 'node:zlib'
import { Lexer, type Pdf } from './syntax.ts'

type Stored = {
  readonly value: Pdf /** Where the stream's bytes begin; null where there is none. */
  readonly data: number | null
}
export type Dictionary = ReadonlyMap<string, Pdf>

/** Most bytes that one stream may unpack to. */
const mostUnpacked = 64e6

/**
 * A PDF file's objects, found by looking for `n g obj` rather than by its cross-reference, so that old and new files
 * (object streams) and those with a damaged table are read alike. Of two with one number the last counts.
 */
export class PdfDocument {
  readonly encrypted: boolean
  private readonly source: string
  private readonly objects = new Map<number, Stored>()

  constructor(bytes: Uint8Array) {
    this.source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
    this.scan()
    const ends = [...this.objects.values()]
      .map(({ value }) => entriesOf(value))
      .filter((each) => nameIn(each, 'Type') === 'XRef')
    this.encrypted =
      /trailer\s*<<[\s\S]{0,2000}?\/Encrypt\b/.test(this.source) || ends.some((each) => each.has('Encrypt'))
    if (!this.encrypted) this.unpackObjectStreams()
  }

  /** Dictionaries of all pages in the order of the page tree, with what they inherit. */
  pages(): Dictionary[] {
    const catalogue = [...this.objects.values()]
      .map(({ value }) => entriesOf(value))
      .findLast((each) => nameIn(each, 'Type') === 'Catalog')
    return catalogue === undefined
      ? []
      : this.pagesUnder(this.dictionary(catalogue.get('Pages')), new Map(), new Set())
  }

  resolve(value: Pdf | undefined): Pdf | undefined {
    let found = value
    for (let steps = 0; found?.kind === 'reference' && steps < 16; steps++)
      found = this.objects.get(found.number)?.value
    return found
  }

  dictionary(value: Pdf | undefined): Dictionary {
    return entriesOf(this.resolve(value))
  }

  array(value: Pdf | undefined): readonly Pdf[] {
    const found = this.resolve(value)
    return found?.kind === 'array' ? found.items : []
  }

  number(value: Pdf | undefined): number | null {
    const found = this.resolve(value)
    return found?.kind === 'number' ? found.value : null
  }

  name(value: Pdf | undefined): string | null {
    const found = this.resolve(value)
    return found?.kind === 'name' ? found.value : null
  }

  /** The unpacked bytes of a stream in Latin-1; null where it is none or packed in a way that is not known. */
  stream(value: Pdf | undefined): string | null {
    const stored = value?.kind === 'reference' ? this.objects.get(value.number) : undefined
    if (stored === undefined || stored.data === null) return null
    const entries = entriesOf(stored.value)
    const length = this.number(entries.get('Length'))
    const claimed = length === null ? -1 : stored.data + length
    const fits = claimed > 0 && /^\s*endstream/.test(this.source.slice(claimed, claimed + 20))
    const end = fits ? claimed : this.source.indexOf('endstream', stored.data)
    const filter = this.resolve(entries.get('Filter'))
    const filters =
      filter?.kind === 'array'
        ? filter.items.map((item) => this.name(item))
        : filter === undefined
          ? []
          : [this.name(filter)]
    return unpack(this.source.slice(stored.data, end < 0 ? undefined : end), filters)
  }

  private scan(): void {
    const header = /(\d+)\s+\d+\s+obj\b/g
    for (let match = header.exec(this.source); match !== null; match = header.exec(this.source)) {
      const lexer = new Lexer(this.source, header.lastIndex)
      const value = lexer.next(true)
      if (value === null) continue
      const stream = /\s*stream(\r\n|\n|\r)/y
      stream.lastIndex = lexer.at
      const data = stream.exec(this.source) === null ? null : stream.lastIndex
      this.objects.set(Number(match[1]), { value, data })
      const end =
        data === null
          ? lexer.at
          : this.source.indexOf('endstream', data + lengthOf(value, this.source.length - data))
      header.lastIndex = Math.max(end, lexer.at)
    }
  }

  private unpackObjectStreams(): void {
    for (const [number, { value }] of [...this.objects]) {
      const entries = entriesOf(value)
      if (nameIn(entries, 'Type') !== 'ObjStm') continue
      const text = this.stream({ kind: 'reference', number }) ?? ''
      const [count, first] = [this.number(entries.get('N')) ?? 0, this.number(entries.get('First')) ?? 0]
      const numbers = text.slice(0, first).trim().split(/\s+/).map(Number)
      for (let index = 0; index < count; index++) {
        const [own, offset] = [numbers[2 * index], numbers[2 * index + 1]]
        const packed = offset === undefined ? null : new Lexer(text, first + offset).next(true)
        if (own !== undefined && packed !== null && !this.objects.has(own))
          this.objects.set(own, { value: packed, data: null })
      }
    }
  }

  private pagesUnder(node: Dictionary, inherited: Dictionary, seen: Set<Dictionary>): Dictionary[] {
    if (seen.has(node)) return []
    seen.add(node)
    const resources = node.get('Resources') ?? inherited.get('Resources')
    const own = resources === undefined ? node : new Map([...node, ['Resources', resources] as const])
    const kids = this.array(node.get('Kids'))
    if (kids.length === 0) return node.has('Contents') || nameIn(node, 'Type') === 'Page' ? [own] : []
    return kids.flatMap((kid) => this.pagesUnder(this.dictionary(kid), own, seen))
  }
}

function entriesOf(value: Pdf | undefined): Dictionary {
  return value?.kind === 'dictionary' ? value.entries : new Map()
}

function nameIn(entries: Dictionary, key: string): string | null {
  const value = entries.get(key)
  return value?.kind === 'name' ? value.value : null
}

/** A direct length that may be true; 0 where it is none, so that the end is looked for. */
function lengthOf(value: Pdf, most: number): number {
  const length = entriesOf(value).get('Length')
  return length?.kind === 'number' && length.value > 0 && length.value <= most ? length.value : 0
}

function unpack(data: string, filters: readonly (string | null)[]): string | null {
  let bytes: string = data
  for (const filter of filters) {
    if (filter === 'ASCIIHexDecode' || filter === 'AHx')
      bytes = Buffer.from(bytes.replace(/[^\da-fA-F]/g, ''), 'hex').toString('latin1')
    else if (filter === 'FlateDecode' || filter === 'Fl') {
      try {
        bytes = inflateSync(Buffer.from(bytes, 'latin1'), { maxOutputLength: mostUnpacked }).toString(
          'latin1',
        )
      } catch {
        return null
      }
    } else return null
  }
  return bytes
}
