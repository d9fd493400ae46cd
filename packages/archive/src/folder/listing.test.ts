import fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparePaths, entryPath, type ListingLine } from './entry.ts'
import { excluder } from './exclude.ts'
import { fromLines, toLines } from './listing.ts'
import { momentOf } from './walk.ts'

const part = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..')
const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const line: fc.Arbitrary<ListingLine> = fc.oneof(
  fc.record({ kind: fc.constantFrom('missed' as const, 'skipped' as const), path, reason: fc.string() }),
  fc.record({
    kind: fc.constant('listing' as const),
    format: fc.constant(1 as const),
    source: part,
    id: part,
    folder: path,
  }),
)

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('lines are read as they were written, however the bytes come', () =>
  fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 50 }), async (lines, size) => {
      const all: ListingLine[] = [...lines, { kind: 'end', entries: 0 }]
      const bytes = Buffer.concat(await Array.fromAsync(toLines(all)))
      expect(await Array.fromAsync(fromLines(inPieces(bytes, size), 'x'))).toEqual(all)
    }),
  ))

test.each([
  '',
  'not json\n',
  '[]\n',
  '{"kind":"entry"}\n',
  '{"kind":"end","entries":1}\n',
  '\0\n',
  '{"kind":"end","entries":0,"more":1}\n',
])('what is no listing is refused: %j', async (text) => {
  const read = Array.fromAsync(fromLines(inPieces(Buffer.from(text), 7), 'x'))
  await expect(read).rejects.toMatchObject({ code: 'content-differs' })
})

test('any bytes are read, or refused as what they are', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const read = Array.fromAsync(fromLines(inPieces(bytes, 64), 'x'))
      await expect(read).rejects.toMatchObject({ name: 'ArchiveError' })
    }),
  ))

test('a path is one that stays below', () =>
  fc.assert(
    fc.property(path, part, (inside, name) => {
      expect(entryPath.safeParse(inside).success).toBe(true)
      for (const outside of [
        `/${inside}`,
        `${inside}/`,
        `../${inside}`,
        `${inside}/../${name}`,
        `./${inside}`,
        `${inside}//${name}`,
        `${inside}\0`,
      ])
        expect(entryPath.safeParse(outside).success).toBe(false)
    }),
  ))

test('the order has each folder before what is in it, and all of that before what comes after', () =>
  fc.assert(
    fc.property(path, part, path, (folder, name, other) => {
      const inside = `${folder}/${name}`
      expect(comparePaths('.', folder)).toBe(-1)
      expect(comparePaths(folder, inside)).toBe(-1)
      expect(comparePaths(folder, other)).toBe(-comparePaths(other, folder) + 0)
      if (comparePaths(folder, other) === -1 && !other.startsWith(`${folder}/`))
        expect(comparePaths(inside, other)).toBe(-1)
    }),
  ))

test.each([
  ['*.tmp', ['a.tmp', 'x/y/b.tmp'], ['a.tmp.old', 'tmp']],
  ['cache', ['cache', 'x/cache'], ['cache2', 'x/cache/y']],
  ['/cache', ['cache'], ['x/cache']],
  ['a/*/c', ['a/b/c'], ['a/c', 'a/b/b/c']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'ab/c']],
  ['**/x', ['x', 'a/b/x'], ['ax', 'x/a']],
  ['a?c', ['abc', 'x/aæc'], ['ac', 'a/c']],
  ['a+(b)[c]', ['a+(b)[c]'], ['aab']],
])('the pattern %s', (pattern, matching, others) => {
  const excluded = excluder([pattern])
  for (const each of matching) expect([each, excluded(each)]).toEqual([each, true])
  for (const each of others) expect([each, excluded(each)]).toEqual([each, false])
})

test('a name in a pattern without signs means itself', () =>
  fc.assert(
    fc.property(
      part.filter((name) => !/[*?]/.test(name)),
      part,
      (name, other) => {
        expect(excluder([name])(`${other}/${name}`)).toBe(true)
        expect(excluder([name])(other)).toBe(other === name)
      },
    ),
  ))

test('moments are seconds with nine decimals, before 1970 too', () => {
  expect(momentOf(1_234_567_890_000_000_001n)).toBe('1234567890.000000001')
  expect(momentOf(-1n)).toBe('-1.999999999')
  expect(momentOf(-1_500_000_000n)).toBe('-2.500000000')
})
