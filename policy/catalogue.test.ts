import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { notWhollyProven, unseenReasons } from '@hevd/core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadCatalogue } from './catalogue.ts'
import { frameworks } from './frameworks.ts'
import { policy } from './policy.ts'

const catalogue = await loadCatalogue()
const controls = [...catalogue.controls.values()]
const folder = import.meta.dirname
const framework = z.object({ identifiers: z.array(z.string()) })

test('the policy has its 48 controls in six sections, each in a folder of its own and in policy order', () => {
  expect(controls).toHaveLength(48)
  for (const section of catalogue.sections) {
    const folders = readdirSync(join(folder, section.id))
    expect([...section.controls.map(({ id }) => id)].sort()).toEqual(folders.sort())
  }
  expect(catalogue.sections.map(({ id }) => id)).toEqual(Object.keys(policy))
})

describe.each(controls.map((control) => [control.id, control] as const))('%s', (id, control) => {
  test('each of its tests bears its id, and is proven as its text says', () => {
    for (const declared of control.tests) {
      expect(declared.id.split('/')[0]).toBe(id)
      expect(control.proof).toContain(declared.kind)
    }
  })

  test('a reason that a judge gives has words, and words that stand there are given', () => {
    const own = readdirSync(join(folder, control.section, id))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'reasons.ts')
      .map((name) => readFileSync(join(folder, control.section, id, name), 'utf8'))
      .join('\n')
    const shared = new Set(
      [...own.matchAll(/from '\.\.\/\.\.\/([a-z-]+\.ts)'/g)].map(([, name]) => name ?? ''),
    )
    const sources = own + [...shared].map((name) => readFileSync(join(folder, name), 'utf8')).join('\n')
    const given = [...sources.matchAll(/\b(?:fails|unknown|holds)\(\s*'([a-z-]+)'/g)].map((match) => match[1])
    const worded = Object.keys(control.reasons).filter((code) => code !== notWhollyProven.code)
    expect(new Set(given)).toEqual(new Set(worded))
    for (const code of worded) expect(unseenReasons).not.toHaveProperty(code)
  })
})

test('the lists of requirements are the frameworks’ own', () => {
  const lists = process.env.HEVD_REFERENCES ?? join(folder, '../../shared/references')
  for (const { id, identifiers } of frameworks) {
    expect(new Set(identifiers).size, id).toBe(identifiers.length)
    const own = join(lists, `${id}.json`)
    if (!existsSync(own)) continue
    expect(identifiers, id).toEqual(framework.parse(JSON.parse(readFileSync(own, 'utf8'))).identifiers)
  }
})

test('references are identifiers of the frameworks', () => {
  const known = new Map(frameworks.map(({ id, identifiers }) => [id, new Set(identifiers)]))
  for (const { id, references } of controls) {
    expect(Object.keys(references).length, id).toBeGreaterThan(0)
    for (const [name, identifiers] of Object.entries(references)) {
      expect(new Set(identifiers).size, id).toBe(identifiers.length)
      expect(
        identifiers.filter((one) => !known.get(name)?.has(one)),
        `${id}, ${name}`,
      ).toEqual([])
    }
  }
})

test('a control that nothing tests yet says what is to be done, and does not claim that it is', () => {
  for (const { id, tests, how } of controls) {
    if (tests.length > 0) continue
    expect(how.nb, id).toMatch(/\bskal\b/)
    expect(how.en, id).toMatch(/\b(is|are) to\b/)
    expect(how.nb, id).not.toMatch(
      /\b(Vi|vi) (ser|leser|måler|sammenligner|går|søker|leter|regner|kontrollerer)\b/,
    )
    expect(how.en, id).not.toMatch(/\b[Ww]e (see|look|read|measure|compare|search|check|work out|go)\b/)
  }
})

test('both languages are there in every text, each in its own words', () => {
  for (const { id, title, statement, how, next, parameters } of controls)
    for (const { nb, en } of [
      title,
      statement,
      how,
      next,
      ...parameters.flatMap((one) => [one.title, one.help]),
    ]) {
      expect(nb, id).not.toBe(en)
      expect(en, id).not.toMatch(/[æøåÆØÅ]/)
    }
})

test('the digest of a text is of what a reader sees, and differs from control to control', () => {
  expect(new Set(controls.map(({ policyDigest }) => policyDigest)).size).toBe(48)
  for (const { policyDigest, testsDigest } of controls) {
    expect(policyDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(testsDigest).toMatch(/^[0-9a-f]{64}$/)
  }
})
