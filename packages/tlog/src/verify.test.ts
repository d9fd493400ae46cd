import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { tlogErrors } from './errors.ts'

/** Every file that `file` leads to, itself first. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
    expect(target, `${file} leads out of what a browser can load`).toMatch(/^\.\.?\//)
    reached(join(dirname(file), target), seen)
  }
  return seen
}

test('verification leads to nothing that a browser lacks', () => {
  const files = [...reached(join(import.meta.dirname, 'verify.ts'))]
  expect(files.length).toBeGreaterThan(15)
  for (const file of files) expect(readFileSync(file, 'utf8'), file).not.toMatch(/\bBuffer\b|\bprocess\./)
})

test('the README lists every error code', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code)
  expect(listed).toEqual(Object.keys(tlogErrors))
})
