import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { locales } from '@hevd/core'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadCatalogue } from './catalogue.ts'
import { conceptsFile } from './terms-file.ts'
import { loadVocabulary } from './vocabulary.ts'

const catalogue = await loadCatalogue()
const vocabulary = await loadVocabulary()
const folder = import.meta.dirname
const waysOfOtherTypes: { readonly [way: string]: string } = {
  number: 'integer',
  percent: 'integer',
  version: 'choice',
}

test('every control has its terms, in policy order', () => {
  expect(vocabulary.controls.map(({ control }) => control)).toEqual([...catalogue.controls.keys()])
})

test.each(vocabulary.controls.map((terms) => [terms.control, terms] as const))(
  '%s reads the same parameters in both languages, each in a way its type takes',
  (control, { nb, en }) => {
    expect(Object.keys(nb.parameters ?? {}).sort()).toEqual(Object.keys(en.parameters ?? {}).sort())
    const types = new Map(catalogue.controls.get(control)?.parameters.map(({ name, type }) => [name, type]))
    for (const [name, spec] of [
      ...Object.entries(nb.parameters ?? {}),
      ...Object.entries(en.parameters ?? {}),
    ]) {
      const way = 'values' in spec ? 'strings' : (waysOfOtherTypes[spec.as] ?? 'duration')
      expect(way, name).toBe(types.get(name))
    }
  },
)

test('no concept is left that no terms name', () => {
  const concepts = conceptsFile.parse(parse(readFileSync(join(folder, 'concepts.yaml'), 'utf8')))
  const files = catalogue.sections.flatMap(({ id, controls }) =>
    controls.map((control) => readFileSync(join(folder, id, control.id, 'terms.yaml'), 'utf8')),
  )
  const named = new Set(files.flatMap((file) => [...file.matchAll(/<([a-z-]+)>/g)].map((match) => match[1])))
  for (const locale of locales)
    expect(Object.keys(concepts[locale]).filter((name) => name !== 'no-promise' && !named.has(name))).toEqual(
      [],
    )
})

test('concepts are written out', () => {
  expect(JSON.stringify(vocabulary)).not.toMatch(/[<>]/)
})
