/*
 * What S3 answers is XML without attributes that matter, CDATA, or elements of one name within one another (Amazon S3 API
 * Reference), so that its elements can be cut out by name.
 */

/** The contents of every element of a name, in order, markup and all. */
export function elements(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g'))].map(
    ([, inner = '']) => inner,
  )
}

/** The text of the first element of a name; null without one. */
export function textOf(xml: string, name: string): string | null {
  const [first] = elements(xml, name)
  return first === undefined ? null : unescapeXml(first)
}

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    if (name === undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    return entities[name] ?? whole
  })
}

/** Text as an element holds it. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
