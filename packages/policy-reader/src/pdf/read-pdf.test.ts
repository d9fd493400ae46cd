import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ReaderError } from '../errors.ts'
import { printed } from '../pages.fixture.ts'
import { readHtml } from '../read-html.ts'
import { sentencesOf } from '../sentences.ts'
import { readCMap } from './font.ts'
import { madePdf, packedPdf } from './made.fixture.ts'
import { readPdf } from './read-pdf.ts'

const plain = '/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding'
const textOf = (bytes: Uint8Array) =>
  readPdf('page.pdf', bytes).map((block) => (block.kind === 'row' ? block.cells.join(' | ') : block.text))

function codeOf(bytes: Uint8Array): string {
  try {
    readPdf('page.pdf', bytes)
  } catch (error) {
    if (error instanceof ReaderError) return error.code
    throw error
  }
  return 'read'
}

describe('what a PDF draws', () => {
  test.each([
    [
      'lines of a paragraph',
      'BT /F1 12 Tf 72 700 Td (We encrypt) Tj 0 -14 Td (the backups.) Tj ET',
      ['We encrypt the backups.'],
    ],
    [
      'a gap makes two paragraphs',
      'BT /F1 12 Tf 72 700 Td (One.) Tj 0 -40 Td (Two.) Tj ET',
      ['One.', 'Two.'],
    ],
    [
      'kerning is no space, a wide step is',
      'BT /F1 12 Tf 72 700 Td [(en) 20 (crypt) -600 (it)] TJ ET',
      ['encrypt it'],
    ],
    [
      'leading and the quote operators',
      "BT /F1 12 Tf 14 TL 72 700 Td (One) Tj T* (two) Tj (three) ' ET",
      ['One two three'],
    ],
    [
      'escapes, octal and hex',
      String.raw`BT /F1 12 Tf 72 700 Td (\(p\345 \\) Tj <20F8> Tj (\)) Tj ET`,
      ['(på \\ ø)'],
    ],
    [
      'a matrix places and scales',
      'q 1 0 0 -1 0 800 cm BT /F1 1 Tf 12 0 0 -12 72 100 Tm (Upright) Tj ET Q',
      ['Upright'],
    ],
    [
      'bullets begin items',
      'BT /F1 12 Tf 72 700 Td (\\225 one) Tj 0 -14 Td (\\225 two) Tj ET',
      ['one', 'two'],
    ],
    [
      'side by side is a row',
      'BT /F1 12 Tf 72 700 Td (Penetration test) Tj 300 0 Td (every year) Tj ET',
      ['Penetration test | every year'],
    ],
    [
      'an inline image is passed over',
      'BI /W 1 /H 1 ID (\n EI BT /F1 12 Tf 72 700 Td (After) Tj ET',
      ['After'],
    ],
  ])('%s', (_what, content, texts) => {
    expect(textOf(madePdf({ content, font: plain }))).toEqual(texts)
    expect(textOf(packedPdf({ content, font: plain }))).toEqual(texts)
  })

  test('codes go through the map of the font, ligatures too', () => {
    const map =
      '1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <03> <00660069> endbfchar 1 beginbfrange <01> <02> <0061> endbfrange'
    const font = '/Type /Font /Subtype /TrueType /ToUnicode 6 0 R'
    const made = madePdf({
      content: 'BT /F1 12 Tf 72 700 Td (\\003\\001\\002) Tj ET',
      font,
      more: [{ number: 6, body: '', stream: map }],
    })
    expect(textOf(made)).toEqual(['fiab'])
  })

  test('a map may list every code of a range, and go beyond 16 bits', () => {
    const map = readCMap('2 beginbfrange <0001> <0002> [<0041> <D83DDE00>] <0010> <0012> <00E6> endbfrange')
    expect([...map]).toEqual([
      [1, 'A'],
      [2, '\u{1F600}'],
      [16, 'æ'],
      [17, 'ç'],
      [18, 'è'],
    ])
  })
})

describe('a PDF that cannot be read', () => {
  const content = 'BT /F1 12 Tf 72 700 Td <00010002> Tj ET'
  test.each([
    ['encrypted', madePdf({ content, font: plain, trailer: '/Encrypt 9 0 R' }), 'pdf-encrypted'],
    ['scanned', madePdf({ content: 'q 600 0 0 800 0 0 cm /Im1 Do Q', font: plain }), 'pdf-scanned'],
    [
      'without a map of its letters',
      madePdf({ content, font: '/Type /Font /Subtype /Type0 /Encoding /Identity-H' }),
      'pdf-unreadable-text',
    ],
    ['cut off', madePdf({ content, font: plain }).subarray(0, 40), 'pdf-damaged'],
    [
      'whose pages go in a circle',
      Buffer.from(
        '%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Type /Pages /Kids [2 0 R] >> endobj',
      ),
      'pdf-damaged',
    ],
  ])('%s', (_what, bytes, code) => expect(codeOf(bytes)).toBe(code))
})

test.each(['bergtun', 'quill-whitepaper'])('%s as Chromium prints it says what its HTML says', (name) => {
  const path = resolve(import.meta.dirname, `../../testdata/tuning/${name}.pdf.html`)
  const inHtml = sentencesOf(readHtml(readFileSync(path, 'utf8'))).filter(({ isHeading }) => !isHeading)
  const inPdf = new Set(sentencesOf(readPdf('page.pdf', printed(path))).map(({ text }) => text))
  expect(inHtml.map(({ text }) => text).filter((text) => !inPdf.has(text))).toEqual([])
})
