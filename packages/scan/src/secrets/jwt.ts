import type { Detector } from '../detector.ts'

const pattern =
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{2,8000}\.[A-Za-z0-9_-]{16,2000}/g

/** A signed JSON Web Token (RFC 7519): whoever holds it is let in. One without a signature lets nobody in. */
export const jwt: Detector = {
  id: 'jwt',
  kind: 'secret',
  title: { nb: 'JSON Web Token', en: 'JSON Web Token' },
  because: 'three parts, of which the first is a JSON object that names an algorithm',
  when: { text: ['eyj'] },
  patterns: [pattern],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(pattern))
      if (namesAlgorithm(match.slice(0, match.indexOf('.')))) seen.found(index, index + match.length, 'high')
  },
}

function namesAlgorithm(part: string): boolean {
  try {
    const header: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof header === 'object' && header !== null && 'alg' in header && header.alg !== 'none'
  } catch {
    return false
  }
}
