import { describe, expect, test } from 'vitest'
import { contextOf, detectors, look } from './index.ts'

const patterns = detectors.flatMap(({ id, patterns }) =>
  patterns.map((pattern) => ({ id, source: pattern.source })),
)

/** The expression without escapes and classes, in which a quantifier's sign is a quantifier. */
const bare = (source: string) =>
  source
    .replace(/\\./g, 'e')
    .replace(/\[[^\]]*\]/g, 'c')
    .replace(/\(\?(?:<?[=!]|:)/g, '(')

describe('every expression is linear by construction', () => {
  test.each(patterns)('$id: $source', ({ source }) => {
    const text = bare(source)
    expect(text, 'no repetition without a bound').not.toMatch(/[*+]|\{\d+,\}/)
    expect(repeatsWithin(text), 'no repetition inside a repeated group').toBe(false)
    for (const [, bound] of text.matchAll(/\{\d*,?(\d+)\}/g)) expect(Number(bound)).toBeLessThanOrEqual(8000)
  })
})

test.each(['a+', 'a{3,}', '[a-z]*b', '(?:a{1,9}){1,9}', '(?:(?:ab){2,3}c)d{1,2}(?:e(?:f{1,2})){2}'])(
  'a careless one is seen: %s',
  (source) => {
    const text = bare(source)
    expect(/[*+]|\{\d+,\}/.test(text) || repeatsWithin(text)).toBe(true)
  },
)

/** Whether a group that is repeated holds a repetition; a group that may be left out (`?`) is not repeated. */
function repeatsWithin(text: string): boolean {
  const open: { repeats: boolean }[] = [{ repeats: false }]
  for (let at = 0; at < text.length; at += 1) {
    const repeated = text[at + 1] === '{'
    if (text[at] === '(') open.push({ repeats: false })
    else if (text[at] === ')') {
      const group = open.pop()
      if (repeated && group?.repeats === true) return true
      const outer = open.at(-1)
      if (outer !== undefined && (repeated || group?.repeats === true)) outer.repeats = true
    } else if (repeated) {
      const inner = open.at(-1)
      if (inner !== undefined) inner.repeats = true
    }
  }
  return false
}

/** Texts that make a careless expression try again and again; each is looked at whole, in the time that the test has. */
test.each([
  ['digits', '4'.repeat(1 << 20)],
  ['digits and spaces', '4 '.repeat(1 << 19)],
  ['groups of four', '4539 '.repeat(1 << 18)],
  ['letters before no at sign', 'a.'.repeat(1 << 19)],
  ['at signs', 'a@'.repeat(1 << 19)],
  ['URLs without an end', '://a:'.repeat(1 << 18)],
  ['assignments without a value', 'password='.repeat(1 << 17)],
  ['spaces after a name', `password${' '.repeat(1 << 20)}`],
  ['first lines of keys', '-----BEGIN RSA PRIVATE KEY-----'.repeat(1 << 15)],
  ['beginnings of tokens', 'eyJ'.repeat(1 << 18)],
  ['beginnings of Slack tokens', 'xoxb-'.repeat(1 << 18)],
  ['plus signs', '+47 '.repeat(1 << 18)],
  ['beginnings of IBANs', 'NO93'.repeat(1 << 18)],
])('1 MB of %s', (_what, text) => {
  expect(look(text, contextOf('secret_token')).length).toBeGreaterThanOrEqual(0)
})
