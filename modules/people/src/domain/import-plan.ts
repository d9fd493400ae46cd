import { hash } from 'node:crypto'
import { type CalendarDate, canonicalJson } from '@hevd/core'
import type { PeopleConfig } from '../config.ts'
import type { Person } from '../contract.ts'
import { fields } from './columns.ts'
import type { FileFault, FileRow, ReadFile } from './csv.ts'
import { faultsOf, type PersonField } from './person-rules.ts'

export type Changed = { readonly before: Person; readonly after: Person }

/** What a file would make of a register. Nobody who is not in the file is touched. */
export type ImportPlan = {
  /** Of the register, the file and what it would become: another of any of them has another one. */
  readonly digest: string
  readonly added: readonly Person[]
  readonly changed: readonly Changed[]
  readonly notInFile: readonly Person[]
  readonly unchanged: number
  readonly faults: readonly FileFault[]
  readonly late: readonly string[]
  readonly braked: boolean
}

/** @param register every person, by id @param today in the organisation's time zone */
export function planImport(
  register: ReadonlyMap<string, Person>,
  file: ReadFile,
  today: CalendarDate,
  config: PeopleConfig,
): ImportPlan {
  const faults = [...file.faults]
  const faulty = new Set(file.faults.map(({ line }) => line))
  const inFile = new Map<string, Person>()
  const lines = new Map<string, number>()
  for (const row of file.rows) {
    const id = typeof row.says.id === 'string' ? row.says.id : null
    if (id === null) continue
    const earlier = lines.get(id)
    if (earlier !== undefined) {
      faults.push({ line: row.line, field: header(file, 'id'), words: twice(earlier) })
      continue
    }
    lines.set(id, row.line)
    inFile.set(id, personOf(id, row, register.get(id)))
  }
  const exists = (id: string) => register.has(id) || inFile.has(id)
  const added: Person[] = []
  const changed: Changed[] = []
  const late: string[] = []
  let unchanged = 0
  for (const [id, person] of inFile) {
    const line = lines.get(id) ?? 0
    if (!faulty.has(line))
      for (const { field, words } of faultsOf(person, exists))
        faults.push({ line, field: header(file, field), words })
    const before = register.get(id)
    if (before !== undefined && isSame(before, person)) unchanged += 1
    else {
      if (before === undefined) added.push(person)
      else changed.push({ before, after: person })
      if (isLate(before, person, today)) late.push(id)
    }
  }
  const notInFile = [...register.values()].filter(({ id }) => !inFile.has(id))
  const count = added.length + changed.length
  const braked = count > Math.max(config.brakeCount, config.brakeShare * register.size)
  const digest = hash(
    'sha256',
    canonicalJson([[...register.values()].sort(byId), file.rows, faults.map(({ line }) => line)]),
  )
  faults.sort((a, b) => a.line - b.line)
  return { digest, added, changed, notInFile, unchanged, faults, late, braked }
}

/** An end that is said for the first time when it has already passed. */
export function isLate(before: Person | undefined, after: Person, today: CalendarDate): boolean {
  return after.endsOn !== null && after.endsOn < today && before?.endsOn !== after.endsOn
}

export function isSame(one: Person, other: Person): boolean {
  return fields.every((field) => one[field] === other[field])
}

const byId = (a: Person, b: Person) => (a.id < b.id ? -1 : 1)
const header = (file: ReadFile, field: PersonField) => file.headers.get(field) ?? field
const twice = (line: number) => ({
  nb: `Id-en står allerede på linje ${line}. Hver person skal stå én gang.`,
  en: `The id stands on line ${line} already. Each person stands once.`,
})

/** The person a line speaks of; a column that the file has not leaves what the register says. */
function personOf(id: string, { says }: FileRow, before: Person | undefined): Person {
  const text = (value: string | boolean | null | undefined, otherwise: string | null) =>
    value === undefined || typeof value === 'boolean' ? otherwise : value
  return {
    id,
    name: text(says.name, before?.name ?? '') ?? '',
    kind: says.kind === 'contractor' || says.kind === 'employee' ? says.kind : (before?.kind ?? 'employee'),
    sponsor: text(says.sponsor, before?.sponsor ?? null),
    startsOn: text(says.startsOn, before?.startsOn ?? '') ?? '',
    endsOn: text(says.endsOn, before?.endsOn ?? null),
    voluntary:
      typeof says.voluntary === 'boolean' || says.voluntary === null
        ? says.voluntary
        : (before?.voluntary ?? null),
  }
}
