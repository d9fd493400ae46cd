import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Principal } from '@hevd/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administrator, appOf } from '../../testdata/app.ts'
import { catalogueOf, owned, trained } from '../../testdata/catalogue.ts'
import { day, type Ground, ground, said, world } from '../../testdata/world.ts'

const ada = '00000000-0000-7000-8000-00000000000a'
const eve = '00000000-0000-7000-8000-00000000000e'
let on: Ground
let folder: string
let ask: (url: string) => Promise<{ status: number; file: Buffer; digest: string; code: string | undefined }>
let period: string

beforeAll(async () => {
  on = await ground()
  folder = mkdtempSync(join(tmpdir(), 'hevd-pdf-'))
  const here = await world(on, catalogueOf([owned, trained]), {
    administrators: async () => [ada, eve],
    names: async (_organisation, ids) =>
      new Map(ids.filter((id) => id === ada).map((id) => [id, 'Åse Østby'])),
    config: { silentAfter: 'PT2000H' },
  })
  const who: Principal = administrator(ada)
  const app = await appOf(here, () => who)
  await here.put(...Array.from({ length: 120 }, (_, at) => said.person(`p${at}`, '2026-01-01')))
  await here.settle()
  here.clock.set(Date.parse('2026-07-02T12:00:00Z'))
  await here.settle()
  const days = { title: 'Juni', firstDay: '2026-06-01', lastDay: '2026-06-30' }
  period = (await app.inject({ method: 'POST', url: '/api/periods', payload: days })).json().id
  const text = 'Kurset ble flyttet, så ingen rakk det før sommeren.'
  const answer = { control: 'trained', deviation: null, text }
  await app.inject({ method: 'POST', url: `/api/periods/${period}/answers`, payload: answer })
  here.clock.advance(day)
  ask = async (url) => {
    const answered = await app.inject(`/api/periods/${period}${url}`)
    return {
      status: answered.statusCode,
      file: answered.rawPayload,
      digest: String(answered.headers['repr-digest']),
      code: answered.statusCode === 200 ? undefined : answered.json().code,
    }
  }
}, 120_000)
afterAll(async () => {
  await on.end()
  rmSync(folder, { recursive: true })
})

/** What a program from Debian says of a file. */
function tool(name: string, file: Buffer, before: readonly string[], after: readonly string[] = []): string {
  const path = join(folder, 'report.pdf')
  writeFileSync(path, file)
  return execFileSync(name, [...before, path, ...after], { encoding: 'utf8' })
}

describe('the report as a PDF', () => {
  test.each(['nb', 'en'] as const)('%s: is whole, tagged, titled, with its fonts', async (lang) => {
    const { file } = await ask(`/report.pdf?lang=${lang}`)
    expect(tool('qpdf', file, ['--check'])).toContain('No syntax or stream encoding errors found')
    const info = tool('pdfinfo', file, [])
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(lang === 'nb' ? /Title: +Periodrapport: Juni/ : /Title: +Period report: Juni/)
    const fonts = tool('pdffonts', file, []).trim().split('\n').slice(2)
    expect(fonts).toHaveLength(2)
    for (const font of fonts) expect(font).toMatch(/Inter-\w+ +CID TrueType +Identity-H +yes yes yes/)
    const tree = tool('pdfinfo', file, ['-struct'])
    for (const tag of ['Document', 'H1', 'H2', 'Table', 'TH', 'TD', 'Figure']) expect(tree).toContain(tag)
    expect(tool('qpdf', file, ['--json', '--json-key=qpdf'])).toContain(lang === 'nb' ? 'u:nb-NO' : 'u:en-GB')
    expect(tool('qpdf', file, ['--json', '--json-key=outlines'])).toContain('trained')
  })

  test('tells deviations, answers and who answered, with letters that are Norwegian', async () => {
    const { file } = await ask('/report.pdf?lang=nb')
    const text = tool('pdftotext', file, ['-layout'], ['-'])
    expect(text).toContain('Kurset ble flyttet, så ingen rakk det før sommeren.')
    expect(text).toContain('Åse Østby')
    expect(text).toContain('Person p0')
    expect(text).toContain('De 100 første av 120')
    expect(text).toContain('Ikke signert')
    expect(text).toMatch(/Side 1 av \d+/)
    const heads = text.split('\f').filter((page) => /Kontrollobjekt +Hvorfor +Fra/.test(page))
    expect(heads.length).toBeGreaterThan(1)
  })

  test('of one report is one file, whose digest is told', async () => {
    const [one, another] = [await ask('/report.pdf?lang=nb'), await ask('/report.pdf?lang=nb')]
    expect(one.file.equals(another.file)).toBe(true)
    expect(one.digest).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/)
    expect(another.digest).toBe(one.digest)
    expect((await ask('/report.pdf?lang=en')).digest).not.toBe(one.digest)
  })

  test('of one control tells of that one alone', async () => {
    const text = tool('pdftotext', (await ask('/report.pdf?lang=en&control=owned')).file, [], ['-'])
    expect(text).toContain('owned')
    expect(text).not.toContain('trained')
    expect((await ask('/report.pdf?control=nonsense')).code).toBe('no-such-control')
  })
})
