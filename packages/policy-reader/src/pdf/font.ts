import type { Dictionary, PdfDocument } from './document.ts'
import { Lexer, type Pdf } from './syntax.ts'

/** One shown glyph: its letters (null where the font does not say), and its width in thousandths of the font's size. */
export type Glyph = { readonly text: string | null; readonly width: number; readonly isSpace: boolean }
export type Font = { glyphs(bytes: string): Glyph[] }

const usualWidth = 500

/** A font as a page names it: which letters its codes stand for, by its ToUnicode map or else by its encoding. */
export function fontOf(document: PdfDocument, font: Dictionary): Font {
  const cmap = document.stream(font.get('ToUnicode'))
  const letters = cmap === null ? new Map<number, string>() : readCMap(cmap)
  const composite = document.name(font.get('Subtype')) === 'Type0'
  const widths = composite ? cidWidths(document, font) : simpleWidths(document, font)
  const encoded = composite ? null : encodingOf(document, font)
  const step = composite ? 2 : 1
  return {
    glyphs(bytes) {
      const glyphs: Glyph[] = []
      for (let at = 0; at + step <= bytes.length; at += step) {
        const code = step === 2 ? bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1) : bytes.charCodeAt(at)
        const text = letters.get(code) ?? encoded?.get(code) ?? null
        glyphs.push({ text, width: widths.get(code) ?? usualWidth, isSpace: step === 1 && code === 32 })
      }
      return glyphs
    },
  }
}

/** The bfchar and bfrange of a ToUnicode CMap (ISO 32000-1, 9.10.3). */
export function readCMap(source: string): Map<number, string> {
  const map = new Map<number, string>()
  const lexer = new Lexer(source)
  let operands: Pdf[] = []
  for (let value = lexer.next(false); value !== null; value = lexer.next(false)) {
    if (value.kind !== 'word') operands.push(value)
    else {
      if (value.value === 'endbfchar') characters(operands, map)
      if (value.value === 'endbfrange') ranges(operands, map)
      operands = []
    }
  }
  return map
}

function characters(operands: readonly Pdf[], map: Map<number, string>): void {
  for (let at = 0; at + 1 < operands.length; at += 2) {
    const [code, text] = [operands[at], operands[at + 1]]
    if (code?.kind === 'string' && text?.kind === 'string') map.set(codeOf(code.value), utf16(text.value))
  }
}

function ranges(operands: readonly Pdf[], map: Map<number, string>): void {
  for (let at = 0; at + 2 < operands.length; at += 3) {
    const [low, high, target] = [operands[at], operands[at + 1], operands[at + 2]]
    if (low?.kind !== 'string' || high?.kind !== 'string') continue
    const [from, to] = [codeOf(low.value), Math.min(codeOf(high.value), 0xffff)]
    for (let code = from; code <= to; code++) {
      if (target?.kind === 'string') {
        const text = utf16(target.value)
        const last = text.codePointAt(text.length - 1) ?? 0
        map.set(code, text.slice(0, -1) + String.fromCharCode(last + code - from))
      } else if (target?.kind === 'array') {
        const item = target.items[code - from]
        if (item?.kind === 'string') map.set(code, utf16(item.value))
      }
    }
  }
}

function codeOf(bytes: string): number {
  return [...bytes].reduce((code, byte) => code * 256 + byte.charCodeAt(0), 0)
}

function utf16(bytes: string): string {
  return new TextDecoder('utf-16be').decode(Buffer.from(bytes, 'latin1'))
}

function cidWidths(document: PdfDocument, font: Dictionary): Map<number, number> {
  const widths = new Map<number, number>()
  const items = document.array(document.dictionary(document.array(font.get('DescendantFonts'))[0]).get('W'))
  for (let at = 0; at < items.length; ) {
    const first = document.number(items[at]) ?? 0
    const second = document.resolve(items[at + 1])
    if (second?.kind === 'array') {
      for (const [index, item] of second.items.entries())
        widths.set(first + index, document.number(item) ?? usualWidth)
      at += 2
    } else {
      const [last, width] = [
        Math.min(document.number(second) ?? first, 0xffff),
        document.number(items[at + 2]) ?? usualWidth,
      ]
      for (let code = first; code <= last; code++) widths.set(code, width)
      at += 3
    }
  }
  return widths
}

function simpleWidths(document: PdfDocument, font: Dictionary): Map<number, number> {
  const first = document.number(font.get('FirstChar')) ?? 0
  return new Map(
    document
      .array(font.get('Widths'))
      .map((item, index) => [first + index, document.number(item) ?? usualWidth]),
  )
}

/** Codes of a simple font that has no map: Windows-1252, and the glyph names of its differences. */
function encodingOf(document: PdfDocument, font: Dictionary): Map<number, string> {
  const codes = new Map<number, string>()
  const decoder = new TextDecoder('windows-1252')
  for (let code = 32; code < 256; code++) codes.set(code, decoder.decode(Uint8Array.of(code)))
  let code = 0
  for (const item of document.array(document.dictionary(font.get('Encoding')).get('Differences'))) {
    if (item.kind === 'number') code = item.value
    else if (item.kind === 'name') {
      const text = glyphText(item.value)
      if (text === null) codes.delete(code)
      else codes.set(code, text)
      code += 1
    }
  }
  return codes
}

const glyphNames = new Map(
  (
    'space  ,ae æ,AE Æ,oslash ø,Oslash Ø,aring å,Aring Å,eacute é,egrave è,adieresis ä,odieresis ö,udieresis ü,fi fi,fl fl,ff ff,ffi ffi,' +
    'ffl ffl,quoteright ’,quoteleft ‘,quotedblleft “,quotedblright ”,guillemotleft «,guillemotright »,endash –,emdash —,hyphen -,' +
    'period .,comma\u0020\u201A,colon :,semicolon ;,slash /,parenleft (,parenright ),percent %,bullet •,zero 0,one 1,two 2,three 3,' +
    'four 4,five 5,six 6,seven 7,eight 8,nine 9,question ?,exclam !,ampersand &,plus +,quotesingle \',quotedbl "'
  )
    .split(',')
    .map((pair) => {
      const gap = pair.indexOf(' ')
      return [pair.slice(0, gap), pair.slice(gap + 1).replace('\u201A', ',')] as const
    }),
)

function glyphText(name: string): string | null {
  if (/^[A-Za-z]$/.test(name)) return name
  const hex = /^uni([\dA-F]{4})$/.exec(name)?.[1]
  return hex === undefined ? (glyphNames.get(name) ?? null) : String.fromCharCode(Number.parseInt(hex, 16))
}
