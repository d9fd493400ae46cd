import { deflateSync } from 'node:zlib'

/** An object of a made PDF: its dictionary, and what its stream holds. */
export type Made = { readonly number: number; readonly body: string; readonly stream?: string }

/** A PDF of one page that draws `content` with the font of object 5, and more objects; written as older programs write it. */
export function madePdf(given: {
  readonly content: string
  readonly font: string
  readonly more?: readonly Made[]
  readonly trailer?: string
}): Uint8Array {
  const { content, font, more = [], trailer = '' } = given
  const objects: readonly Made[] = [
    { number: 1, body: '/Type /Catalog /Pages 2 0 R' },
    { number: 2, body: '/Type /Pages /Kids [3 0 R] /Count 1' },
    { number: 3, body: '/Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>' },
    { number: 4, body: '', stream: content },
    { number: 5, body: font },
    ...more,
  ]
  return Buffer.from(
    `%PDF-1.4\n${objects.map(written).join('')}trailer << /Root 1 0 R ${trailer} >>\n%%EOF`,
    'latin1',
  )
}

/** The same page with all but its streams in an object stream, as newer programs write it. */
export function packedPdf(given: { readonly content: string; readonly font: string }): Uint8Array {
  const bodies = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< ${given.font} >>`,
  ]
  const numbers = [1, 2, 3, 5]
  let offset = 0
  const table = bodies.map((body, index) => {
    const entry = `${numbers[index]} ${offset}`
    offset += body.length + 1
    return entry
  })
  const head = `${table.join(' ')} `
  const stream: Made = {
    number: 6,
    body: `/Type /ObjStm /N 4 /First ${head.length}`,
    stream: head + bodies.join(' '),
  }
  return Buffer.from(
    `%PDF-1.5\n${written({ number: 4, body: '', stream: given.content })}${written(stream)}%%EOF`,
    'latin1',
  )
}

function written({ number, body, stream }: Made): string {
  if (stream === undefined) return `${number} 0 obj\n<< ${body} >>\nendobj\n`
  const packed = deflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
  return `${number} 0 obj\n<< ${body} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj\n`
}
