import type { Word } from '../words.ts'
import type { Quantity } from './quantity.ts'

const version = String.raw`(?:tls|ssl)?\s*v?(?:ersion|ersjon)?(?:s|er)?\s*(1\.[0-3])`
const newer = String.raw`(?:\s*\+|\s*(?:\([^)]*\))?\s*(?:or|and|eller|og)\s+(?:a\s+|en\s+)?(?:newer|later|higher|above|greater|better|up|upwards|nyere|høyere|senere|bedre|over|oppover))`
const least = String.raw`(?:at least|minimum(?: of)?|min\.?|no(?:t)? (?:lower|older|less) than|minst|som et minimum|ikke lavere enn|ikke eldre enn)\s+`

const patterns: readonly (readonly [RegExp, 'least' | 'both' | 'bare'])[] = [
  [new RegExp(`tls\\s*${version.replace('(?:tls|ssl)?', '')}${newer}`, 'giu'), 'least'],
  [new RegExp(`${least}tls\\s*v?\\s*(1\\.[0-3])`, 'giu'), 'least'],
  [
    /(?:older|earlier|lower|eldre|lavere)\s+(?:versions?\s+)?(?:than|enn)\s+tls\s*v?\s*(1\.[0-3])/giu,
    'least',
  ],
  [/tls\s*v?\s*(1\.[0-3])\s*(?:\/|and|or|og|eller|,)\s*(?:tls\s*)?v?\s*(1\.[0-3])/giu, 'both'],
  [/tls\s*v?\s*(1\.[0-3])/giu, 'bare'],
]
const refused =
  /\b(disabled?|refused?|not supported|unsupported|deprecated|blocked|rejected|off|avvis\w*|støttes ikke|deaktiver\w*|nektes|sperret)\b/iu

/**
 * The lowest TLS version that a sentence accepts: “TLS 1.2 or newer”, “TLS 1.2 and 1.3”. A bare version does not say
 * that newer ones count too, and what a sentence about refused versions accepts is not said.
 */
export function versionsIn(text: string, words: readonly Word[]): Quantity[] {
  for (const [pattern, form] of patterns) {
    const found = [...text.matchAll(pattern)]
    const match = found[0]
    if (match === undefined) continue
    const versions = found.flatMap((each) => [each[1], each[2]]).filter((each) => each !== undefined)
    const lowest = versions.sort()[0]
    const sure = form !== 'bare' && (form === 'least' ? new Set(versions).size === 1 : !refused.test(text))
    const [start, end] = [match.index, match.index + match[0].length]
    const from = words.findIndex((word) => word.end > start)
    const after = words.findIndex((word) => word.start >= end)
    const value = sure && lowest !== undefined ? `TLSv${lowest}` : null
    return [
      {
        kind: 'version',
        value,
        unsure: sure ? null : 'bare-version',
        deadline: false,
        from,
        to: after < 0 ? words.length : after,
      },
    ]
  }
  return []
}
