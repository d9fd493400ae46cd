import type { Detector } from '../detector.ts'
import { looksRandom } from './entropy.ts'
import { isDigest, isPlaceholder, isVerifier } from './placeholder.ts'

const whole = /^\s{0,8}(\S{16,512})\s{0,8}$/

/** What a column named like a secret holds, if it looks drawn at random and is no verifier of one. */
export const namedSecret: Detector = {
  id: 'named-secret',
  kind: 'secret',
  title: { nb: 'Hemmelighet etter kolonnens navn', en: 'Secret by its column’s name' },
  because: 'its column is named like a secret, and it looks drawn at random',
  when: { topics: ['secret'] },
  patterns: [whole],
  look(text, _lower, _context, seen) {
    const value = whole.exec(text)?.[1]
    if (value === undefined || isVerifier(value) || isPlaceholder(value) || /^\w{1,12}:\/\//.test(value))
      return
    if (looksRandom(value)) seen.found(0, text.length, 'medium')
  },
}

/** What a column named like a password holds, if it is no verifier: a password. */
export const namedPassword: Detector = {
  id: 'named-password',
  kind: 'secret',
  title: { nb: 'Passord i klartekst', en: 'Password in plain text' },
  because: 'its column is named like a password, and it is no verifier of one',
  when: { topics: ['password'] },
  patterns: [],
  look(text, _lower, _context, seen) {
    if (text.length < 4 || text.length > 128 || /[\r\n]/.test(text)) return
    if (isVerifier(text) || isDigest(text) || isPlaceholder(text) || /^[\d:T .+Z-]{8,40}$/.test(text)) return
    seen.found(0, text.length, 'medium')
  },
}

const assigned =
  /(password|passwd|passord|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|auth[_-]?key|private[_-]?key)["']?\s{0,3}(?:=>|:=|[:=])\s{0,3}["']?([^\s"'&,;<>()]{4,300})/gi
const otherTokens = /(?:csrf|xsrf|next|page|continuation|cursor|sync|invalid|wrong|missing|no|public)[_\- ]?$/
const messages =
  /^(?:changed|reset|required|invalid|incorrect|expired|missing|failed|is|was|must|cannot|should|updated|forgotten|rejected|accepted|verified|ok|wrong|denied|unknown|not|for|and|with)[.!]?$/i

/** `password=…`, `"api_key": "…"`: in logs, configuration and JSON. */
export const assignedSecret: Detector = {
  id: 'assigned-secret',
  kind: 'secret',
  title: { nb: 'Hemmelighet tilordnet i tekst', en: 'Secret assigned in text' },
  because: 'the text gives it a secret’s name, and it is no placeholder, message or verifier',
  when: { text: ['pass', 'pwd', 'secret', 'token', 'key'] },
  patterns: [assigned],
  look(text, lower, _context, seen) {
    for (const { 0: match, 1: name = '', 2: value = '', index } of text.matchAll(assigned)) {
      if (isPlaceholder(value) || isVerifier(value) || messages.test(value)) continue
      if (otherTokens.test(lower.slice(Math.max(0, index - 14), index))) continue
      const end = index + match.length
      if (/^p/i.test(name) && !/key/i.test(name)) {
        if (isDigest(value) || isProse(match, text.slice(end, end + 2))) continue
      } else if (!looksRandom(value)) continue
      seen.found(index, end, 'medium')
    }
  },
}

/** “password: several words of letters”: people speak of one, and do not tell it. */
function isProse(match: string, after: string): boolean {
  return /^[a-z]{1,20}: {1,3}[a-z]{1,300}$/i.test(match) && /^ [a-z]/i.test(after)
}

const authorization = /(?<![a-z])(bearer|basic)\s{1,3}([A-Za-z0-9+/=_.~-]{8,1000})/gi

/** `Authorization: Bearer …` and `Basic …` (RFC 6750, RFC 7617), as access logs and traces hold them. */
export const authorizationHeader: Detector = {
  id: 'authorization-header',
  kind: 'secret',
  title: { nb: 'Authorization-hode', en: 'Authorization header' },
  because: 'after Bearer something drawn at random, after Basic the base64 of a name and a password',
  when: { text: ['bearer', 'basic'] },
  patterns: [authorization],
  look(text, _lower, _context, seen) {
    for (const { 0: match, 1: name = '', 2: value = '', index } of text.matchAll(authorization)) {
      if (isPlaceholder(value)) continue
      const is = name.toLowerCase() === 'basic' ? isNameAndPassword(value) : looksRandom(value)
      if (is) seen.found(index, index + match.length, 'high')
    }
  },
}

function isNameAndPassword(value: string): boolean {
  if (!/\d|[A-Z]/.test(value)) return false
  try {
    return /^[\x20-\x7e]{1,200}:[\x20-\x7e]{1,200}$/.test(atob(value))
  } catch {
    return false
  }
}
