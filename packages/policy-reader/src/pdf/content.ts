import type { Dictionary, PdfDocument } from './document.ts'
import { type Font, fontOf } from './font.ts'
import { Lexer, type Pdf } from './syntax.ts'

/** A run of text on a page: where it begins and ends, in points from the left and the bottom. */
export type Run = {
  readonly text: string
  readonly x: number
  readonly end: number
  readonly y: number
  readonly size: number
  /** Glyphs whose letters the font does not say. */
  readonly unknown: number
}

/** Transformation as PDF writes it: a b c d e f. */
type Matrix = readonly [number, number, number, number, number, number]
const unit: Matrix = [1, 0, 0, 1, 0, 0]
const deepest = 8

type Drawing = {
  matrix: Matrix
  font: Font | null
  size: number
  spacing: number
  wordSpacing: number
  scale: number
  leading: number
}

/** Every run of a page, in the order in which it is drawn. */
export function runsOf(document: PdfDocument, page: Dictionary): Run[] {
  const contents = document.resolve(page.get('Contents'))
  const parts = contents?.kind === 'array' ? contents.items : [page.get('Contents')]
  const source = parts.map((part) => document.stream(part) ?? '').join('\n')
  return new Drawer(document).draw(source, document.dictionary(page.get('Resources')), unit, 0)
}

class Drawer {
  private readonly document: PdfDocument
  private readonly fonts = new Map<Dictionary, Font>()

  constructor(document: PdfDocument) {
    this.document = document
  }

  draw(source: string, resources: Dictionary, matrix: Matrix, depth: number): Run[] {
    const runs: Run[] = []
    const saved: Drawing[] = []
    let now: Drawing = { matrix, font: null, size: 1, spacing: 0, wordSpacing: 0, scale: 1, leading: 0 }
    let text: Matrix = unit
    let line: Matrix = unit
    const move = (x: number, y: number) => {
      line = times([1, 0, 0, 1, x, y], line)
      text = line
    }
    const show = (bytes: string) => {
      if (now.font === null) return
      const place = times(text, now.matrix)
      let width = 0
      let shown = ''
      let unknown = 0
      for (const glyph of now.font.glyphs(bytes)) {
        shown += glyph.text ?? ''
        if (glyph.text === null) unknown += 1
        width +=
          ((glyph.width / 1000) * now.size + now.spacing + (glyph.isSpace ? now.wordSpacing : 0)) * now.scale
      }
      const size = now.size * Math.hypot(place[2], place[3])
      const end = place[4] + width * Math.hypot(place[0], place[1])
      runs.push({ text: shown, x: place[4], end, y: place[5], size, unknown })
      text = times([1, 0, 0, 1, width, 0], text)
    }
    const lexer = new Lexer(source)
    let operands: Pdf[] = []
    for (let value = lexer.next(false); value !== null; value = lexer.next(false)) {
      if (value.kind !== 'word') {
        operands.push(value)
        continue
      }
      const numbers = operands.map((each) => (each.kind === 'number' ? each.value : 0))
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers
      const last = operands.at(-1)
      switch (value.value) {
        case 'q':
          saved.push({ ...now })
          break
        case 'Q':
          now = saved.pop() ?? now
          break
        case 'cm':
          now.matrix = times([a, b, c, d, e, f], now.matrix)
          break
        case 'BT':
          text = unit
          line = unit
          break
        case 'Tf':
          now.font = this.font(resources, operands[0])
          now.size = b
          break
        case 'Tc':
          now.spacing = a
          break
        case 'Tw':
          now.wordSpacing = a
          break
        case 'Tz':
          now.scale = a / 100
          break
        case 'TL':
          now.leading = a
          break
        case 'Td':
          move(a, b)
          break
        case 'TD':
          now.leading = -b
          move(a, b)
          break
        case 'Tm':
          line = [a, b, c, d, e, f]
          text = line
          break
        case 'T*':
          move(0, -now.leading)
          break
        case "'":
        case '"':
          move(0, -now.leading)
          if (last?.kind === 'string') show(last.value)
          break
        case 'Tj':
          if (last?.kind === 'string') show(last.value)
          break
        case 'TJ':
          for (const item of last?.kind === 'array' ? last.items : []) {
            if (item.kind === 'string') show(item.value)
            else if (item.kind === 'number')
              text = times([1, 0, 0, 1, (-item.value / 1000) * now.size * now.scale, 0], text)
          }
          break
        case 'BI':
          lexer.at = afterInlineImage(source, lexer.at)
          break
        case 'Do':
          if (depth < deepest) runs.push(...this.form(resources, last, now.matrix, depth))
          break
      }
      operands = []
    }
    return runs
  }

  private font(resources: Dictionary, name: Pdf | undefined): Font | null {
    const fonts = this.document.dictionary(resources.get('Font'))
    const found = name?.kind === 'name' ? this.document.dictionary(fonts.get(name.value)) : new Map()
    if (found.size === 0) return null
    const known = this.fonts.get(found) ?? fontOf(this.document, found)
    this.fonts.set(found, known)
    return known
  }

  private form(resources: Dictionary, name: Pdf | undefined, matrix: Matrix, depth: number): Run[] {
    const objects = this.document.dictionary(resources.get('XObject'))
    const reference = name?.kind === 'name' ? objects.get(name.value) : undefined
    const form = this.document.dictionary(reference)
    if (this.document.name(form.get('Subtype')) !== 'Form') return []
    const own = this.document.array(form.get('Matrix')).map((item) => this.document.number(item) ?? 0)
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = own
    const inner = form.has('Resources') ? this.document.dictionary(form.get('Resources')) : resources
    return this.draw(
      this.document.stream(reference) ?? '',
      inner,
      times([a, b, c, d, e, f], matrix),
      depth + 1,
    )
  }
}

function times(one: Matrix, two: Matrix): Matrix {
  const [a, b, c, d, e, f] = one
  const [p, q, r, s, t, u] = two
  return [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

function afterInlineImage(source: string, from: number): number {
  const end = /\sEI(?=\s|$)/g
  end.lastIndex = from
  return end.exec(source) === null ? source.length : end.lastIndex
}
