import type { PolicyState } from '@hevd/core'
import { ink } from './ink.ts'

type Doc = PDFKit.PDFDocument

/** The mark of a state by its shape, as on the screen, in a square of `size` points from its upper left corner. */
export function drawMark(doc: Doc, state: PolicyState, x: number, y: number, size: number): void {
  const [middleX, middleY, radius] = [x + size / 2, y + size / 2, size * 0.42]
  doc.save()
  switch (state) {
    case 'holds':
      doc.circle(middleX, middleY, radius).fill(ink.holds)
      break
    case 'fails':
      doc.polygon([middleX, y], [x + size, y + size * 0.92], [x, y + size * 0.92]).fill(ink.fails)
      break
    case 'unknown':
      doc.lineWidth(size * 0.14).dash((radius * Math.PI) / 8, { space: (radius * Math.PI) / 8 })
      doc.circle(middleX, middleY, radius).stroke(ink.unknown)
      break
    case 'excepted':
      doc
        .path(`M ${middleX} ${middleY - radius} a ${radius} ${radius} 0 0 0 0 ${2 * radius} z`)
        .fill(ink.excepted)
      doc
        .lineWidth(size * 0.1)
        .circle(middleX, middleY, radius)
        .stroke(ink.excepted)
      break
    case 'not-applicable': {
      const slash = radius * 0.68
      doc
        .lineWidth(size * 0.1)
        .strokeColor(ink.second)
        .circle(middleX, middleY, radius)
        .stroke()
      doc
        .moveTo(middleX - slash, middleY + slash)
        .lineTo(middleX + slash, middleY - slash)
        .stroke()
    }
  }
  doc.restore()
}

/** A stretch of a strip: fails stands full, an exception lower and hatched, unknown low and broken, holds low. */
export function drawBand(
  doc: Doc,
  state: PolicyState,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const low = height * 0.34
  doc.save()
  if (state === 'fails') doc.rect(x, y, width, height).fill(ink.fails)
  if (state === 'not-applicable') doc.rect(x, y + height - 1.5, width, 1.5).fill(ink.second)
  if (state === 'holds') doc.rect(x, y + height - low, width, low).fill(ink.band)
  if (state === 'excepted') {
    const [top, tall] = [y + height * 0.33, height * 0.67]
    doc.rect(x, top, width, tall).fill(ink.exceptedWash)
    doc.rect(x, top, width, tall).clip()
    doc.lineWidth(0.8).strokeColor(ink.excepted)
    for (let at = x - tall; at < x + width; at += 3)
      doc
        .moveTo(at, top + tall)
        .lineTo(at + tall, top)
        .stroke()
  }
  if (state === 'unknown') {
    doc.rect(x, y + height - low, width, low).clip()
    doc.lineWidth(1).strokeColor(ink.unknown)
    for (let at = x + 0.5; at < x + width; at += 2.5)
      doc
        .moveTo(at, y + height - low)
        .lineTo(at, y + height)
        .stroke()
  }
  doc.restore()
}
