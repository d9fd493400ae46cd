/** Shannon's entropy of a text in bits a character, by how often each occurs in it: at most log2 of its length. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}

const hex = /^[0-9a-f]{16,512}$/i
const token = /^[A-Za-z0-9+/=_.~-]{16,512}$/

/**
 * Whether a text looks drawn at random, as keys are and words are not: hexadecimal digits of three bits each, or letters
 * of mixed kinds with digits among them, of 3.3 bits each. Sixteen random letters and digits have 3.8 as a rule.
 */
export function looksRandom(text: string): boolean {
  if (hex.test(text)) return /\d/.test(text) && (text.length < 32 ? entropy(text) >= 2.8 : entropy(text) >= 3)
  if (!token.test(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false
  return entropy(text) >= 3.3 && !isReadable(text)
}

/** Words joined by hyphens, dots or slashes with at most a number: `release-2026-06-15`, `com.example.app.v2`. */
function isReadable(text: string): boolean {
  const parts = text.split(/[-_./~=]/)
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[a-z]{0,20}|[A-Z]{1,20}|[A-Z][a-z]{1,20}|v?\d{1,14})$/.test(part))
  )
}
