import { join } from 'node:path'
import type { Instant } from '@hevd/core'
import { ink } from './ink.ts'

type Doc = PDFKit.PDFDocument
type Element = PDFKit.PDFStructureElement

/** A column of a table: its head, its share of the width, and whether its cells are numbers. */
export type PaperColumn = { readonly head: string; readonly share: number; readonly number?: boolean }
/** Text, or something that is drawn in the cell and told in `alt`. */
export type PaperCell =
  | string
  | {
      readonly alt: string
      readonly height: number
      draw(doc: Doc, x: number, y: number, width: number): void
    }

export type SheetInfo = {
  readonly title: string
  readonly author: string
  /** BCP 47. */
  readonly language: string
  /** All dates of the file, so that one report is one file. */
  readonly at: Instant
  /** What stands at the foot of each page. */
  readonly foot: string
  page(number: number, of: number): string
}

const margin = { left: 56, right: 56, top: 60, bottom: 64 }
const folder = join(import.meta.dirname, '..', '..', '..', 'fonts')
/** Files, by which pdfkit knows them: one of another name would be read anew each time. */
const fonts = {
  regular: join(folder, 'inter-regular.ttf'),
  semibold: join(folder, 'inter-semibold.ttf'),
} as const
type Font = keyof typeof fonts
const sizes = { 1: 22, 2: 15, 3: 11 } as const
const body = 9.5
const small = 8.5

/**
 * A tagged PDF of A4 pages (PDF/UA-1): every piece of text is in the structure tree, what only adorns is an artifact, headings
 * are bookmarks. One and the same content gives one and the same file.
 */
export class Sheet {
  readonly doc: Doc
  readonly #root: Element
  readonly #info: SheetInfo
  #section: Element
  readonly #outline: PDFKit.PDFOutline[]

  private constructor(doc: Doc, info: SheetInfo) {
    this.doc = doc
    this.#info = info
    this.#root = doc.struct('Document')
    doc.addStructure(this.#root)
    this.#section = this.#root
    this.#outline = [doc.outline]
  }

  static async open(info: SheetInfo): Promise<Sheet> {
    const { default: PDFDocument } = await import('pdfkit')
    const date = new Date(info.at)
    const doc = new PDFDocument({
      size: 'A4',
      margins: margin,
      bufferPages: true,
      tagged: true,
      displayTitle: true,
      lang: info.language,
      pdfVersion: '1.7',
      ...accessible,
      font: fonts.regular,
      info: {
        Title: info.title,
        Author: info.author,
        Creator: 'Hevd',
        Producer: 'Hevd',
        CreationDate: date,
        ModDate: date,
      },
    })
    return new Sheet(doc, info)
  }

  get width(): number {
    return this.doc.page.width - margin.left - margin.right
  }

  get #bottom(): number {
    return this.doc.page.height - margin.bottom
  }

  /** Room for what must not stand alone at the end of a page, in points; a new page where there is not so much. */
  keep(height: number): void {
    if (this.doc.y + height > this.#bottom) this.doc.addPage()
  }

  space(height: number): void {
    this.doc.y = Math.min(this.doc.y + height, this.#bottom)
  }

  newPage(): void {
    this.doc.addPage()
  }

  /** A heading that is a bookmark too; what follows until the next of its level or higher belongs to it. */
  heading(level: 1 | 2 | 3, text: string): void {
    const { doc } = this
    if (level < 3) {
      if (this.#section !== this.#root) this.#section.end()
      this.#section = doc.struct('Sect')
      this.#root.add(this.#section)
    }
    this.keep(sizes[level] * 5)
    if (level > 1) this.space(level === 2 ? 14 : 10)
    if (level < 3) {
      const above = this.#outline[level - 1] ?? doc.outline
      this.#outline[level] = above.addItem(text, { expanded: level === 1 })
    }
    this.#text(`H${level}`, text, 'semibold', sizes[level], ink.text)
    this.space(level === 1 ? 6 : 4)
  }

  paragraph(text: string, color: string = ink.text): void {
    this.#text('P', text, 'regular', body, color)
    this.space(5)
  }

  #text(tag: string, text: string, font: Font, size: number, color: string): void {
    const { doc, width } = this
    doc.x = margin.left
    this.#section.add(
      doc.struct(tag, {}, () => {
        doc
          .font(fonts[font])
          .fontSize(size)
          .fillColor(color)
          .text(text, margin.left, doc.y, { width, lineGap: 2 })
      }),
    )
  }

  /** Something drawn, with what it shows in words. */
  figure(alt: string, height: number, draw: (doc: Doc, x: number, y: number, width: number) => void): void {
    this.keep(height)
    const { doc, width } = this
    const { y } = doc
    const bbox = [margin.left, y, margin.left + width, y + height]
    this.#section.add(element(doc, 'Figure', { alt, bbox }, () => draw(doc, margin.left, y, width)))
    doc.y = y + height
    this.space(6)
  }

  /** Rows of a name and what it is. */
  facts(of: readonly (readonly [string, string])[]): void {
    this.table(
      [
        { head: '', share: 1 },
        { head: '', share: 3 },
      ],
      of.map(([name, value]) => [name, value]),
      { heads: false },
    )
  }

  /** A table; its head stands again on each page, a row is never parted. */
  table(
    columns: readonly PaperColumn[],
    rows: Iterable<readonly PaperCell[]>,
    { heads = true }: { readonly heads?: boolean } = {},
  ): void {
    const { doc } = this
    const shares = columns.reduce((sum, { share }) => sum + share, 0)
    const widths = columns.map(({ share }) => (share / shares) * this.width)
    const table = doc.struct('Table')
    this.#section.add(table)
    const headed = columns.map(({ head }) => head)
    const headHeight = this.#heightOf(headed, widths, 'semibold')
    this.keep(headHeight * 3)
    if (heads) this.#row(table, headed, columns, widths, headHeight, 'TH')
    for (const row of rows) {
      const height = this.#heightOf(row, widths, 'regular')
      if (doc.y + height > this.#bottom) {
        doc.addPage()
        if (heads) this.#row(null, headed, columns, widths, headHeight, 'TH')
      }
      this.#row(table, row, columns, widths, height, heads ? 'TD' : 'fact')
    }
    table.end()
    this.space(8)
  }

  #heightOf(cells: readonly PaperCell[], widths: readonly number[], font: Font): number {
    const heights = cells.map((cell, at) => {
      if (typeof cell !== 'string') return cell.height
      this.doc.font(fonts[font]).fontSize(small)
      return this.doc.heightOfString(cell, { width: (widths[at] ?? 0) - gap, lineGap: 1 })
    })
    return Math.min(Math.max(...heights) + 7, this.#bottom - margin.top - 60)
  }

  /** One row. Without a table it is the head once more, which is an artifact. */
  #row(
    table: Element | null,
    cells: readonly PaperCell[],
    columns: readonly PaperColumn[],
    widths: readonly number[],
    height: number,
    kind: 'TH' | 'TD' | 'fact',
  ): void {
    const { doc } = this
    const { y } = doc
    const scope = kind === 'fact' ? 'Row' : 'Column'
    const row = table && doc.struct('TR')
    if (table !== null && row !== null) table.add(row)
    let x = margin.left
    cells.forEach((cell, at) => {
      const width = (widths[at] ?? 0) - gap
      const left = x
      const isHead = kind === 'TH' || (kind === 'fact' && at === 0)
      const draw = () => {
        if (typeof cell !== 'string') return cell.draw(doc, left, y + 3, width)
        doc
          .font(isHead ? fonts.semibold : fonts.regular)
          .fontSize(small)
          .fillColor(isHead ? ink.second : ink.text)
        const align = columns[at]?.number === true ? 'right' : 'left'
        doc.text(cell, left, y + 3, { width, height: height - 6, lineGap: 1, align, ellipsis: true })
      }
      if (row === null) this.#artifact(draw)
      else if (typeof cell === 'string')
        row.add(element(doc, isHead ? 'TH' : 'TD', isHead ? { scope } : {}, draw))
      else {
        const bbox = [left, y, left + width, y + cell.height]
        const data = doc.struct('TD')
        row.add(data)
        data.add(element(doc, 'Figure', { alt: cell.alt, bbox }, draw))
        data.end()
      }
      x += widths[at] ?? 0
    })
    row?.end()
    doc.x = margin.left
    doc.y = y + height
    this.#artifact(() => {
      doc
        .lineWidth(kind === 'TH' ? 0.8 : 0.4)
        .moveTo(margin.left, y + height - 1)
        .lineTo(margin.left + this.width, y + height - 1)
        .stroke(kind === 'TH' ? ink.line : ink.faint)
    })
  }

  #artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' })
    draw()
    this.doc.endMarkedContent()
  }

  /** The whole file; pages are numbered now that it is known how many there are. */
  async close(): Promise<Buffer> {
    const { doc } = this
    if (this.#section !== this.#root) this.#section.end()
    this.#root.end()
    const { start, count } = doc.bufferedPageRange()
    for (let at = 0; at < count; at += 1) {
      doc.switchToPage(start + at)
      const y = doc.page.height - margin.bottom + 24
      doc.page.margins.bottom = 0
      doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
      doc.font(fonts.regular).fontSize(8).fillColor(ink.second)
      doc.text(this.#info.foot, margin.left, y, {
        width: this.width * 0.75,
        height: 10,
        lineBreak: false,
        ellipsis: true,
      })
      doc.text(this.#info.page(at + 1, count), margin.left, y, {
        width: this.width,
        align: 'right',
        lineBreak: false,
      })
      doc.endMarkedContent()
    }
    const parts: Buffer[] = []
    doc.on('data', (part: Buffer) => parts.push(part))
    const ended = new Promise((done, fail) => doc.on('end', done).on('error', fail))
    doc.end()
    await ended
    return Buffer.concat(parts)
  }
}

/** ISO 14289-1; the types of pdfkit know the archival subsets alone. */
const accessible: object = { subset: 'PDF/UA' }

/** Between columns, in points. */
const gap = 8

/** A structure element; the types of pdfkit do not know all of its options. */
function element(doc: Doc, tag: string, options: object, draw: () => void): Element {
  return doc.struct(tag, options as { alt?: string }, draw)
}
