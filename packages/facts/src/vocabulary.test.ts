import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { accounts, authorizedKeys, hosts, passwordStates, vocabulary } from './index.ts'
import { factTitles } from './titles.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

test('the README’s table is the vocabulary', () => {
  const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| (\S+) \| (.*?) \| (.+) \|$/gm)].map(
    ([, name, scope, lookups]) => [name, scope, lookups],
  )
  const declared = [...vocabulary.values()].map(({ name, lookups }) => {
    const scope = Object.entries(lookups).find(([, { narrow }]) => narrow)?.[0]
    const names = Object.keys(lookups).map((by) => `\`${by}\``)
    return [name, scope === undefined ? 'register' : `\`${scope}\``, names.join(' ')]
  })
  expect(rows.sort()).toEqual(declared.sort())
})

test('every type has a title', () => {
  expect(Object.keys(factTitles).sort()).toEqual([...vocabulary.keys()].sort())
})

describe('one feed answers what lies in its scope', () => {
  test.each([
    ['the scope itself', accounts.ofHost('h1'), 'h1'],
    ['beneath the scope', passwordStates.ofAccount('h1/kari'), 'h1'],
    ['an account whose name has a slash', accounts.withUid('h1/1/2'), 'h1'],
    ['wherever it is', authorizedKeys.withFingerprint('SHA256:a/b'), null],
    ['a register', hosts.withRole('production'), '-'],
  ])('%s', (_name, lookup, scope) => {
    expect(lookup.scope).toBe(scope)
  })
})
