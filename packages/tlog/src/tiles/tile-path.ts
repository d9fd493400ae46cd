import { type Tile, tileWidth } from './tile.ts'

/** What a path below a log's prefix asks for. */
export type TilePath =
  | ({ readonly kind: 'hashes' } & Tile)
  | { readonly kind: 'entries'; readonly index: number; readonly width: number }

/** `tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles). */
export function tilePath(level: number, index: number, width: number = tileWidth): string {
  return `tile/${level}/${numbered(index)}${partial(width)}`
}

/** `tile/entries/<N>[.p/<W>]`. */
export function entryBundlePath(index: number, width: number = tileWidth): string {
  return `tile/entries/${numbered(index)}${partial(width)}`
}

/** The reverse of both; null for what is not written as the standard writes it. */
export function parseTilePath(path: string): TilePath | null {
  const match = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
    path,
  )
  if (match === null) return null
  const [, level = '', number = '', partialWidth] = match
  const index = Number(number.replaceAll(/[x/]/g, ''))
  const width = partialWidth === undefined ? tileWidth : Number(partialWidth)
  if (!Number.isSafeInteger(index) || numbered(index) !== number) return null
  if (partialWidth !== undefined && width >= tileWidth) return null
  if (level === 'entries') return { kind: 'entries', index, width }
  return Number(level) < 64 ? { kind: 'hashes', level: Number(level), index, width } : null
}

/** Three digits an element, all but the last behind an x: 1234067 is `x001/x234/067`. */
function numbered(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  return groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/')
}

function partial(width: number): string {
  return width === tileWidth ? '' : `.p/${width}`
}
