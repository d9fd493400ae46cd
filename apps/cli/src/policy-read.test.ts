import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const launcher = resolve(import.meta.dirname, '../bin/hevd.mjs')
const folder = mkdtempSync(join(tmpdir(), 'hevd-policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const page = [
  '# Sikkerhet hos oss',
  'Vi er glade i kundene våre.',
  'Penetrasjonstester gjennomføres hvert år. Når en ansatt slutter, fjernes tilgang til produksjon innen to virkedager.',
  '## Kryptering',
  'Nøklene roteres hver sjette måned. Vi planlegger å starte et bug bounty-program.',
].join('\n\n')
writeFileSync(join(folder, 'sikkerhet.md'), page)
writeFileSync(join(folder, 'tom.txt'), '')

type Ran = { readonly code: number; readonly out: string; readonly err: string }

/** Runs `hevd policy read` as a person does, 80 columns wide, without a home. */
function read(...args: readonly string[]): Promise<Ran> {
  const options = {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HEVD_HOME: join(folder, 'none'), LANG: 'nb_NO.UTF-8' },
  }
  return new Promise((done) => {
    execFile(process.execPath, [launcher, 'policy', 'read', ...args], options, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

const report = z.object({
  file: z.string(),
  language: z.enum(['nb', 'en']),
  sentences: z.array(
    z.object({
      text: z.string(),
      noPromise: z.string().nullable(),
      proposals: z.array(
        z.object({
          control: z.string(),
          strength: z.enum(['sure', 'likely']),
          words: z.array(z.object({ text: z.string(), where: z.string(), start: z.number().nullable() })),
          parameters: z.array(z.object({ name: z.string(), value: z.unknown(), said: z.string() })),
          unsure: z.array(z.object({ name: z.string(), said: z.string(), why: z.string() })),
        }),
      ),
    }),
  ),
  untested: z.array(z.string()),
  unmentioned: z.array(z.string()),
})

describe('hevd policy read', () => {
  test('for people shows controls, deciding words, values and what nothing tests, in 80 columns', async () => {
    const { code, out, err } = await read('sikkerhet.md')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(out).toContain('3 hører til 3 av 48 kontroller · 2 testes ikke av noe')
    expect(out).toContain('Penetrasjonstesting · penetration-tested')
    expect(out).toContain('Avgjort av: Nøklene + roteres + Kryptering (over setningen)')
    expect(out).toContain('Tid mellom tester: P1Y («hvert år»)')
    expect(out.replace(/\s+/g, ' ')).toContain('ikke foreslått, for «to virkedager» er virkedager')
    expect(out).toContain('Testes ikke av noe\n  «Vi er glade i kundene våre.»')
    expect(out).toContain('lover ingenting ennå, eller ikke for dere: «planlegger å»')
  })

  test('for programs writes JSON, in which every sentence stands', async () => {
    const found = report.parse(JSON.parse((await read('sikkerhet.md', '--json', '--lang', 'en')).out))
    expect(found).toMatchObject({ file: 'sikkerhet.md', language: 'nb' })
    expect(found.sentences.map(({ proposals }) => proposals.map(({ control }) => control))).toEqual([
      [],
      ['penetration-tested'],
      ['access-removed-at-termination'],
      ['encryption-keys-restricted'],
      [],
    ])
    expect(found.sentences[2]?.proposals[0]).toMatchObject({
      parameters: [],
      unsure: [{ name: 'productionWithin', why: 'business-days' }],
    })
    expect(found.sentences[3]?.proposals[0]).toMatchObject({
      strength: 'likely',
      parameters: [{ name: 'rotateEvery', value: 'P6M' }],
    })
    expect(found.untested).toHaveLength(2)
    expect(found.unmentioned).toHaveLength(45)
  })

  test('in the language it is told', async () => {
    const { out } = await read('sikkerhet.md', '--language', 'en', '--lang', 'en')
    expect(out).toContain('sentences in English')
    expect(out).not.toContain('Penetration testing · penetration-tested\n  “')
  })

  test.each([
    ['tom.txt', 'tom.txt er tom'],
    ['borte.md', 'borte.md kan ikke åpnes'],
    ['.', '. kan ikke åpnes'],
    ['/usr/bin/env', 'env er av en type som ikke kan leses'],
  ])('%s cannot be read, and why', async (file, said) => {
    expect(await read(file)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) })
  })

  test('has help in both languages', async () => {
    expect((await read('--help')).out).toContain('Viser ordene som avgjorde')
    expect((await read('--help', '--lang', 'en')).out).toContain('Shows the words that decided')
  })
})
