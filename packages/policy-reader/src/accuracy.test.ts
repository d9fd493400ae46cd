import { loadCatalogue, loadVocabulary } from '@hevd/policy'
import { describe, expect, test } from 'vitest'
import { pagesOf } from './pages.fixture.ts'
import { readPolicy } from './read-policy.ts'
import { overall, precision, recall, type Score, score } from './score.fixture.ts'

const vocabulary = await loadVocabulary()
const catalogue = await loadCatalogue()
const fewest = 0.9

/** Pages `tuning` were looked at while the terms were written; those `held-out` never were. */
describe.each(['tuning', 'held-out'])('pages %s', (folder) => {
  const pages = pagesOf(folder)
  const scored = score(pages, vocabulary)

  test('are in both languages, and of every kind of file', () => {
    const read = pages.map((page) => readPolicy(page, vocabulary).language)
    expect(new Set(read)).toEqual(new Set(['nb', 'en']))
    expect(new Set(pages.map(({ name }) => name.split('.').at(-1)))).toEqual(
      new Set(['md', 'html', 'txt', 'pdf']),
    )
  })

  test('have keys that name one sentence each', () => expect(scored.unmatched).toEqual([]))

  test('are read with precision and recall of 0.9 or better, over all and in the mean of the controls', () => {
    const total = overall(scored)
    console.info(table(folder, scored))
    for (const value of Object.values(total)) expect(value).toBeGreaterThanOrEqual(fewest)
  })

  test('have no parameter misread, and nine of ten are found', () => {
    expect(scored.faults.filter((fault) => fault.includes('misread'))).toEqual([])
    expect(recall(scored.parameters)).toBeGreaterThanOrEqual(fewest)
  })
})

test.each(
  [...catalogue.controls.values()].flatMap(({ id, statement }) => [
    [id, 'nb', statement.nb] as const,
    [id, 'en', statement.en] as const,
  ]),
)('%s is known by its own statement in %s', (id, language, statement) => {
  const { sentences } = readPolicy(
    { name: 'statement.txt', bytes: Buffer.from(statement) },
    vocabulary,
    language,
  )
  const proposed = new Set(sentences.flatMap(({ proposals }) => proposals.map(({ control }) => control)))
  expect(proposed).toContain(id)
  expect(proposed.size).toBeLessThanOrEqual(2)
})

/** Found, missed and wrongly proposed sentences of each control, with precision and recall. */
function table(folder: string, scored: Score): string {
  const { controls, sentences, parameters } = scored
  const rows = [...controls].map(([control, count]) => {
    const { found, missed, wrong } = count
    const figures = [found, missed, wrong].map((each) => String(each).padStart(7)).join('')
    return `${control.padEnd(34)}${figures}${precision(count).toFixed(2).padStart(11)}${recall(count).toFixed(2).padStart(8)}`
  })
  const total = overall(scored)
  return [
    `${folder}: ${sentences} sentences`,
    `${'control'.padEnd(34)}  found missed  wrong  precision  recall`,
    ...rows,
    `micro: precision ${total.microPrecision.toFixed(3)}, recall ${total.microRecall.toFixed(3)}`,
    `macro: precision ${total.macroPrecision.toFixed(3)}, recall ${total.macroRecall.toFixed(3)}`,
    `parameters: ${parameters.found} found, ${parameters.missed} missed, ${parameters.wrong} misread`,
  ].join('\n')
}
