import type { Detector } from '../detector.ts'
import { modulo97 } from './checksums.ts'

/** Lengths by country, from the IBAN registry of SWIFT (ISO 13616). */
const lengths: { readonly [country: string]: number } = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BI: 27,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DJ: 27,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FK: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MN: 20,
  MR: 27,
  MT: 31,
  MU: 30,
  NI: 28,
  NL: 18,
  NO: 15,
  OM: 23,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  RU: 33,
  SA: 24,
  SC: 31,
  SD: 18,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  SO: 23,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
  YE: 30,
}

/** Whether letters and digits without spaces are an IBAN: a country’s length, and MOD 97-10 leaves 1. */
export function isIban(compact: string): boolean {
  return lengths[compact.slice(0, 2)] === compact.length && modulo97(compact) === 1
}

const number = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}[ A-Z0-9]{11,40}/g

export const iban: Detector = {
  id: 'iban',
  kind: 'iban',
  title: { nb: 'IBAN', en: 'IBAN' },
  because: 'length is the country’s, and both control digits fit',
  when: { digits: 8 },
  patterns: [number],
  chance: 1 / 97,
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(number)) {
      const wanted = lengths[match.slice(0, 2)]
      if (wanted === undefined) continue
      const end = endOf(match, wanted)
      if (end === null) continue
      if (/[A-Za-z0-9]/.test(text[index + end] ?? '')) continue
      if (isIban(match.slice(0, end).replaceAll(' ', ''))) seen.found(index, index + end, 'high')
    }
  },
}

/** Where the `wanted` letters and digits end, single spaces between them left out; null where there are not as many. */
function endOf(match: string, wanted: number): number | null {
  let count = 0
  for (let at = 0; at < match.length; at += 1) {
    if (match[at] !== ' ') count += 1
    else if (match[at + 1] === ' ') return null
    if (count === wanted) return at + 1
  }
  return null
}
