/** Values of PDF syntax (ISO 32000-1, 7.3). Strings are kept as bytes in Latin-1. */
export type Pdf =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'array'; readonly items: readonly Pdf[] }
  | { readonly kind: 'dictionary'; readonly entries: ReadonlyMap<string, Pdf> }
  | { readonly kind: 'reference'; readonly number: number }
  /** An operator of a content stream, or true, false, null. */
  | { readonly kind: 'word'; readonly value: string }

const white = '\0\t\n\f\r '
const delimiters = '()<>[]{}/%'
const deepest = 64

/** Reads values one after another from bytes in Latin-1. `at` is where the next one begins. */
export class Lexer {
  readonly source: string
  at: number

  constructor(source: string, at = 0) {
    this.source = source
    this.at = at
  }

  /** The next value, or null at the end. `references`: whether `12 0 R` is one (not in content streams). */
  next(references: boolean, depth = 0): Pdf | null {
    this.skipWhite()
    const { source } = this
    const first = source.charAt(this.at)
    if (first === '' || depth > deepest) return null
    if (first === '/') return { kind: 'name', value: this.name() }
    if (first === '(') return { kind: 'string', value: this.literal() }
    if (source.startsWith('<<', this.at)) return this.dictionary(references, depth)
    if (first === '<') return { kind: 'string', value: this.hex() }
    if (first === '[') return this.array(references, depth)
    if (delimiters.includes(first)) {
      this.at += source.startsWith('>>', this.at) ? 2 : 1
      return { kind: 'word', value: first }
    }
    if (references) {
      const reference = /\d+\s+\d+\s+R(?![A-Za-z])/y
      reference.lastIndex = this.at
      const found = reference.exec(source)
      if (found !== null) {
        this.at = reference.lastIndex
        return { kind: 'reference', number: Number.parseInt(found[0], 10) }
      }
    }
    const word = this.word()
    const value = Number(word)
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(word) ? { kind: 'number', value } : { kind: 'word', value: word }
  }

  private skipWhite(): void {
    const { source } = this
    for (;;) {
      while (this.at < source.length && white.includes(source.charAt(this.at))) this.at += 1
      if (source.charAt(this.at) !== '%') return
      while (this.at < source.length && !'\r\n'.includes(source.charAt(this.at))) this.at += 1
    }
  }

  private word(): string {
    const from = this.at
    while (this.at < this.source.length && !(white + delimiters).includes(this.source.charAt(this.at)))
      this.at += 1
    return this.source.slice(from, this.at)
  }

  private name(): string {
    this.at += 1
    return this.word().replace(/#([\da-fA-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }

  private literal(): string {
    let text = ''
    let open = 1
    for (this.at += 1; this.at < this.source.length; this.at += 1) {
      const letter = this.source.charAt(this.at)
      if (letter === '\\') text += this.escaped()
      else {
        if (letter === '(') open += 1
        if (letter === ')' && --open === 0) break
        text += letter
      }
    }
    this.at += 1
    return text
  }

  /** What a backslash and what follows it stand for; leaves `at` on the last of them. */
  private escaped(): string {
    const octal = /^[0-7]{1,3}/.exec(this.source.slice(this.at + 1, this.at + 4))?.[0]
    if (octal !== undefined) {
      this.at += octal.length
      return String.fromCharCode(Number.parseInt(octal, 8) & 255)
    }
    this.at += 1
    const letter = this.source.charAt(this.at)
    if (letter === '\r' && this.source.charAt(this.at + 1) === '\n') this.at += 1
    const known: { readonly [letter: string]: string } = {
      n: '\n',
      r: '\r',
      t: '\t',
      b: '\b',
      f: '\f',
      '\n': '',
      '\r': '',
    }
    return known[letter] ?? letter
  }

  private hex(): string {
    const end = this.source.indexOf('>', this.at)
    const digits = this.source.slice(this.at + 1, end < 0 ? undefined : end).replace(/[^\da-fA-F]/g, '')
    this.at = end < 0 ? this.source.length : end + 1
    const even = digits.length % 2 === 0 ? digits : `${digits}0`
    return even.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
  }

  private array(references: boolean, depth: number): Pdf {
    this.at += 1
    const items: Pdf[] = []
    for (
      let item = this.next(references, depth + 1);
      item !== null;
      item = this.next(references, depth + 1)
    ) {
      if (item.kind === 'word' && item.value === ']') break
      items.push(item)
    }
    return { kind: 'array', items }
  }

  private dictionary(references: boolean, depth: number): Pdf {
    this.at += 2
    const entries = new Map<string, Pdf>()
    for (
      let key = this.next(references, depth + 1);
      key?.kind === 'name';
      key = this.next(references, depth + 1)
    ) {
      const value = this.next(references, depth + 1)
      if (value === null || (value.kind === 'word' && value.value === '>')) break
      entries.set(key.value, value)
    }
    return { kind: 'dictionary', entries }
  }
}
