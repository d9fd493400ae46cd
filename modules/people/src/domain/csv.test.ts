import { readCsv } from '@hevd/register-file'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { peopleDefaults } from '../config.ts'
import type { Person } from '../contract.ts'
import { columns } from './columns.ts'
import { planPeople } from './import-plan.ts'

const header = 'id;navn;type;startdato'
const read = (file: string | Uint8Array) => readCsv(file, columns, 1000)
const faultsIn = (file: string | Uint8Array) => read(file).faults.map(({ line, field }) => [line, field])

/** A person of a register, with a name of anything that a spreadsheet might hold. */
const text = fc
  .stringMatching(/^[A-Za-zÆØÅæøåé0-9][A-Za-zÆØÅæøåé0-9 ;,"'.\n-]{0,20}[A-Za-zÆØÅæøå0-9]$/)
  .map((name) => name.replaceAll('\n', ' '))
const date = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
const employee = fc.record({ name: text, startsOn: date, ends: fc.boolean(), voluntary: fc.boolean() })
const register = fc.array(employee, { minLength: 1, maxLength: 20 }).map((list) =>
  list.map(
    ({ name, startsOn, ends, voluntary }, i): Person => ({
      id: `n${i}`,
      name,
      kind: i === 0 || !ends ? 'employee' : 'contractor',
      sponsor: i === 0 || !ends ? null : 'n0',
      startsOn,
      endsOn: ends ? '2150-12-31' : null,
      voluntary: ends ? voluntary : null,
    }),
  ),
)
const style = fc.record({
  mark: fc.constantFrom(';', ','),
  end: fc.constantFrom('\r\n', '\n', '\r'),
  norwegian: fc.boolean(),
  bom: fc.boolean(),
  sep: fc.boolean(),
  encoding: fc.constantFrom('text', 'utf8', 'latin1'),
})
type Style = typeof style extends fc.Arbitrary<infer S> ? S : never

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
function write(people: readonly Person[], { mark, end, norwegian, bom, sep, encoding }: Style) {
  const names = norwegian
    ? ['Ansattnr.', 'Navn', 'Type', 'Sponsor', 'Startdato', 'Siste dag', 'Frivillig']
    : ['employee number', 'Full name', 'KIND', 'sponsor', 'Start_date', 'end date', 'voluntary']
  const dated = (iso: string | null) =>
    iso === null ? '' : norwegian ? iso.split('-').reverse().join('.') : iso
  const lines = people.map((person) => [
    person.id,
    person.name,
    norwegian ? { employee: 'Ansatt', contractor: 'innleid' }[person.kind] : person.kind,
    person.sponsor ?? '',
    dated(person.startsOn),
    dated(person.endsOn),
    person.voluntary === null ? '' : person.voluntary ? (norwegian ? 'ja' : 'yes') : norwegian ? 'nei' : 'no',
  ])
  const body = [names, ...lines].map((cells) => cells.map(quoted).join(mark)).join(end)
  const file = `${sep ? `sep=${mark}\n` : ''}${body}`
  if (encoding === 'latin1') return Buffer.from(file, 'latin1')
  const marked = bom ? `\ufeff${file}` : file
  return encoding === 'text' ? marked : Buffer.from(marked)
}

describe('round trip', () => {
  test('whatever the language, mark, line end and encoding, the same people come back', () => {
    fc.assert(
      fc.property(register, style, (people, how) => {
        const file = read(write(people, how))
        const plan = planPeople(new Map(), file, '2026-06-15', peopleDefaults)
        expect(plan.faults).toEqual([])
        expect(plan.added).toEqual(people)
        const again = planPeople(
          new Map(people.map((person) => [person.id, person])),
          file,
          '2026-06-15',
          peopleDefaults,
        )
        expect([again.added, again.changed, again.unchanged]).toEqual([[], [], people.length])
      }),
      { numRuns: 150 },
    )
  })

  test('no file at all makes it throw, and every fault is worded', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), (file) => {
        for (const start of ['', `${header}\n`]) {
          const given = typeof file === 'string' ? start + file : Buffer.concat([Buffer.from(start), file])
          const plan = planPeople(new Map(), read(given), '2026-06-15', peopleDefaults)
          for (const { line, words } of plan.faults) {
            expect(line).toBeGreaterThan(0)
            expect(words.nb).not.toBe('')
            expect(words.en).not.toBe('')
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})

describe('faults name line and field', () => {
  test.each([
    ['an empty file', '', [[1, '']]],
    [
      'missing columns',
      'id;navn\n1;A',
      [
        [1, 'kind'],
        [1, 'start date'],
      ],
    ],
    ['a column twice', `${header};name\n`, [[1, 'name']]],
    ['a wrong kind', `${header}\n1;A;gjest;2024-01-01`, [[2, 'type']]],
    ['an empty field', `${header}\n1;;ansatt;2024-01-01`, [[2, 'navn']]],
    ['too many fields', `${header}\n1;A;ansatt;2024-01-01;x`, [[2, '']]],
    [
      'too few fields',
      `${header}\n1;A;ansatt`,
      [
        [2, ''],
        [2, 'startdato'],
      ],
    ],
    ['NUL', `${header}\n1;A\0;ansatt;2024-01-01`, [[2, '']]],
    ['an open quotation mark', `${header}\n1;A;ansatt;2024-01-01\n2;"B;ansatt;2024-01-01\n`, [[3, '']]],
    ['text after a quotation', `${header}\n1;"A"B;ansatt;2024-01-01`, [[2, '']]],
  ])('%s', (_what, file, faults) => {
    expect(faultsIn(file)).toEqual(faults)
  })

  test('after a quoted line break and empty lines the line is still right', () => {
    const file = `${header}\n\n1;"A\nB";ansatt;2024-01-01\n\n2;C;gjest;2024-01-01`
    expect(faultsIn(file)).toEqual([[6, 'type']])
  })

  test.each(['=1+1', '+47', '-x', '@SUM(A1)'])('a formula cell %s is text that is refused', (name) => {
    const file = read(`${header}\n1;${name};ansatt;2024-01-01`)
    const plan = planPeople(new Map(), file, '2026-06-15', peopleDefaults)
    expect(plan.faults).toMatchObject([{ line: 2, field: 'navn' }])
  })

  test.each(['2023-02-29', '31.04.2024', '1.1.24', '0024-01-01', 'i morgen'])('%s is no date', (day) => {
    const file = read(`${header}\n1;A;ansatt;${day}`)
    const plan = planPeople(new Map(), file, '2026-06-15', peopleDefaults)
    expect(plan.faults).toMatchObject([{ line: 2, field: 'startdato' }])
  })

  test('the same id twice', () => {
    const file = read(`${header}\n1;A;ansatt;2024-01-01\n1;B;ansatt;2024-01-01`)
    const plan = planPeople(new Map(), file, '2026-06-15', peopleDefaults)
    expect(plan.faults).toMatchObject([{ line: 3, field: 'id' }])
  })

  test('a header that is not known is told', () => {
    expect(read(`${header};Slutdato\n1;A;ansatt;2024-01-01;x`).ignoredColumns).toEqual(['Slutdato'])
  })

  test('20 MB of an open quotation ends', () => {
    expect(faultsIn(`${header}\n1;"${'x'.repeat(20 * 1024 * 1024)}`)).toEqual([[2, '']])
  })
})
