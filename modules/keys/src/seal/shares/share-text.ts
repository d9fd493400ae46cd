import { createHash } from 'node:crypto'
import { KeysError } from '../../errors.ts'

/** A custodian's part of a set. `set` is 4 bytes, `value` 32; `index` is 1–16. */
export type Share = { readonly set: Buffer; readonly index: number; readonly value: Buffer }

/** Crockford's base 32: no I, L, O or U, so that what is written by hand is read as it was meant. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const prefix = 'HEVD1'
const groups = 16
/** Characters of a group: four of the share, and one that checks them and the place of the group. */
const groupLength = 5

/**
 * A share as it stands on paper: `HEVD1` and sixteen groups of five, with hyphens between. In them are index, set and
 * value, and 24 bits of their SHA-256; a group's fifth character names the group where one character is wrong, two beside
 * one another changed places, or the group did.
 */
export function writeShare({ set, index, value }: Share): string {
  const content = Buffer.concat([Buffer.of(index), set, value])
  const symbols = symbolsOf(Buffer.concat([content, checksum(content)]))
  const written = Array.from({ length: groups }, (_, group) => {
    const four = symbols.slice(group * 4, group * 4 + 4)
    return [...four, checkSymbol(four, group)].map((symbol) => alphabet.charAt(symbol)).join('')
  })
  content.fill(0)
  return [prefix, ...written].join('-')
}

/**
 * Reads a share as somebody typed it: in either case, with O for 0, I and L for 1, and with hyphens, spaces and new lines
 * anywhere or nowhere. Throws `share-incomplete` where characters are missing or too many, and `share-mistyped` with the
 * numbers of the wrong groups.
 */
export function readShare(text: string): Share {
  const typed = text.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const parts = typed.split(/[\s-]+/).filter((part) => part !== '')
  const apart = parts.length === groups + 1 && parts[0] === prefix
  const body = apart ? parts.slice(1).join('') : parts.join('').replace(new RegExp(`^${prefix}`), '')
  const wrong = apart ? parts.slice(1).flatMap((part, at) => (isGroup(part, at) ? [] : [at + 1])) : []
  if (wrong.length > 0) throw mistyped(wrong)
  if (body.length !== groups * groupLength) throw incomplete(body.length)
  const pieces = Array.from({ length: groups }, (_, at) =>
    body.slice(at * groupLength, (at + 1) * groupLength),
  )
  const wrongPieces = pieces.flatMap((piece, at) => (isGroup(piece, at) ? [] : [at + 1]))
  if (wrongPieces.length > 0) throw mistyped(wrongPieces)
  const bytes = bytesOf(pieces.flatMap((piece) => symbolsIn(piece).slice(0, 4)))
  const content = bytes.subarray(0, 37)
  const index = content[0] ?? 0
  if (!checksum(content).equals(bytes.subarray(37)) || index < 1 || index > 16)
    throw new KeysError('share-mistyped')
  return { index, set: content.subarray(1, 5), value: content.subarray(5) }
}

function mistyped(wrong: readonly number[]): KeysError {
  const numbers = wrong.join(', ')
  return new KeysError('share-mistyped', { nb: `Gruppe ${numbers}.`, en: `Group ${numbers}.` })
}

function incomplete(length: number): KeysError {
  const whole = groups * groupLength
  return new KeysError('share-incomplete', {
    nb: `Den har ${length} tegn etter ${prefix}, og skal ha ${whole}.`,
    en: `It has ${length} characters after ${prefix}, and should have ${whole}.`,
  })
}

const checksum = (content: Buffer) =>
  createHash('sha256').update('hevd share 1').update(content).digest().subarray(0, 3)

/**
 * The sum of the symbols, each times another power of x in GF(2^5) modulo x^5 + x^2 + 1, and of the group's number: a
 * wrong symbol changes it, and so do two that change places, for their weights differ.
 */
function checkSymbol(four: readonly number[], group: number): number {
  const sum = four.reduce((before, symbol) => {
    const shifted = (before ^ symbol) << 1
    return shifted ^ (shifted > 31 ? 0b100101 : 0)
  }, 0)
  return sum ^ group
}

function isGroup(piece: string, group: number): boolean {
  const symbols = symbolsIn(piece)
  return (
    symbols.length === groupLength &&
    !symbols.includes(-1) &&
    checkSymbol(symbols.slice(0, 4), group) === symbols[4]
  )
}

const symbolsIn = (piece: string) => [...piece].map((character) => alphabet.indexOf(character))

/** Five bits each, the highest first; `bytes` is a multiple of five long. */
function symbolsOf(bytes: Buffer): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2))
}

function bytesOf(symbols: readonly number[]): Buffer {
  const bits = symbols.map((symbol) => symbol.toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}
