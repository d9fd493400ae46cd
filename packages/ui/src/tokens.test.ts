import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')

/** Colours of one block of the file by name. */
function coloursAfter(begin: string): ReadonlyMap<string, string> {
  const block = css.slice(css.indexOf(begin)).split('}')[0] ?? ''
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]),
  )
}

/** WCAG 2.2 relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const themes = [
  ['light', ':root {'],
  ['dark by the system', ':root:not([data-theme="light"]) {'],
  ['dark by choice', ':root[data-theme="dark"] {'],
] as const

test.each(themes)('every text and mark can be read on every ground: %s', (_, begin) => {
  const colours = coloursAfter(begin)
  const inks = ['ink', 'ink-2', 'ink-3', 'accent', 'holds', 'fails', 'unknown', 'excepted']
  const grounds = ['paper', 'paper-2', 'raised']
  const pairs = [
    ...inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
    ...['holds', 'fails', 'unknown', 'excepted'].map((state) => [state, `${state}-wash`] as const),
    ['ink', 'accent-wash'],
    ['accent-ink', 'accent'],
  ] as const
  const poor = pairs.filter(
    ([ink, ground]) => contrast(colours.get(ink) ?? '', colours.get(ground) ?? '') < 4.5,
  )
  expect(colours.size).toBeGreaterThan(15)
  expect(poor).toEqual([])
})

test('both ways to the dark theme say the same', () => {
  expect([...coloursAfter(themes[1][1])]).toEqual([...coloursAfter(themes[2][1])])
})
