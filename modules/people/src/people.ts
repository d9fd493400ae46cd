import { type CalendarDate, dateOf, type Json } from '@hevd/core'
import type { Entry } from '@hevd/ledger'
import { type OrganisationTables, type Tx, uuidv7 } from '@hevd/postgres'
import type { z } from 'zod'
import type { ImportPreview, Person, puttingPerson } from './contract.ts'
import { fields } from './domain/columns.ts'
import { readCsv } from './domain/csv.ts'
import { type ImportPlan, isLate, isSame, planImport } from './domain/import-plan.ts'
import { faultsOf } from './domain/person-rules.ts'
import { PeopleError } from './errors.ts'
import { type Act, changing, logged, personFact, type RegisterDeps, register, sealed } from './register.ts'
import { everyone, peopleById, putPeople, type StoredPerson } from './store/people.ts'

/** Enters a person or changes one by hand. Throws `not-valid-person`, `changed-meanwhile` or `id-differs`. */
export async function putPerson(
  deps: RegisterDeps,
  { organisation, by }: Act,
  id: string,
  { was, ...said }: z.infer<typeof puttingPerson>,
): Promise<Person> {
  if (said.id !== undefined && said.id !== id) throw new PeopleError('id-differs')
  const person = { ...said, id }
  return changing(deps, organisation, async (tx) => {
    const known = await peopleById(tx, organisation, [
      id,
      ...(person.sponsor === null ? [] : [person.sponsor]),
    ])
    const [fault] = faultsOf(person, (other) => known.has(other))
    if (fault !== undefined) throw new PeopleError('not-valid-person', fault.words)
    const before = known.get(id)
    const asRead = before === undefined ? null : plain(before)
    if (was !== undefined && (was === null || asRead === null ? was !== asRead : !isSame(was, asRead)))
      throw new PeopleError('changed-meanwhile')
    if (asRead !== null && isSame(asRead, person)) return person
    await write(deps, tx, organisation, by, 'form', [{ before, after: person }])
    return person
  })
}

/** What a file would change; nothing is changed. */
export async function previewImport(
  { db, clock, config }: RegisterDeps,
  organisation: string,
  bytes: string | Uint8Array,
): Promise<ImportPreview> {
  const file = readCsv(bytes, config.fileRows)
  const plan = await db.transaction(organisation, async (tx) =>
    planImport(
      plainly(await everyone(tx, organisation)),
      file,
      await today(tx, organisation, clock.now()),
      config,
    ),
  )
  return {
    digest: plan.digest,
    added: [...plan.added],
    changed: [...plan.changed],
    notInFile: [...plan.notInFile],
    unchanged: plan.unchanged,
    faults: plan.faults
      .slice(0, config.faultsTold)
      .map(({ line, field, words }) => ({ line, field, nb: words.nb, en: words.en })),
    late: [...plan.late],
    encoding: file.encoding,
    ignoredColumns: [...file.ignoredColumns],
    braked: plan.braked,
  }
}

/**
 * Imports a file that was looked at. Throws `register-changed`, `file-has-faults` or `confirm-number`; then nothing was
 * changed.
 */
export async function importPeople(
  deps: RegisterDeps,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
  seen: { readonly digest: string; readonly confirmCount?: number | undefined },
): Promise<{ readonly added: number; readonly changed: number }> {
  const { clock, config } = deps
  const file = readCsv(bytes, config.fileRows)
  return changing(deps, organisation, async (tx) => {
    const stored = await everyone(tx, organisation)
    const plan = planImport(plainly(stored), file, await today(tx, organisation, clock.now()), config)
    refuseUnseen(plan, seen)
    const changes = [
      ...plan.added.map((after) => ({ before: undefined, after })),
      ...plan.changed.map(({ after }) => ({ before: stored.get(after.id), after })),
    ]
    const counts = { added: plan.added.length, changed: plan.changed.length }
    if (changes.length > 0) await write(deps, tx, organisation, by, 'import', changes)
    await logged(deps, tx, organisation, [{ kind: 'people-imported', body: { ...counts, by } }])
    return counts
  })
}

function refuseUnseen(
  plan: ImportPlan,
  seen: { readonly digest: string; readonly confirmCount?: number | undefined },
): void {
  if (plan.digest !== seen.digest) throw new PeopleError('register-changed')
  const [fault] = plan.faults
  if (fault !== undefined)
    throw new PeopleError('file-has-faults', {
      nb: `Linje ${fault.line}: ${fault.words.nb}`,
      en: `Line ${fault.line}: ${fault.words.en}`,
    })
  if (plan.braked && seen.confirmCount !== plan.added.length + plan.changed.length)
    throw new PeopleError('confirm-number')
}

type Change = { readonly before: StoredPerson | undefined; readonly after: Person }

/** Rows, facts and entries of changed people. The log carries keys; what is personal is sealed under each one's own. */
async function write(
  deps: RegisterDeps,
  tx: Tx,
  organisation: string,
  by: string,
  through: 'form' | 'import',
  changes: readonly Change[],
): Promise<void> {
  const now = deps.clock.now()
  const date = await today(tx, organisation, now)
  const keyed = changes.map(({ before, after }) => ({
    before,
    after: { ...after, key: before?.key ?? uuidv7(now) },
  }))
  const people = keyed.map(({ after }) => after)
  await putPeople(tx, organisation, people, now)
  await deps.feeds.put(tx, organisation, register.name, people.map(personFact))
  const entries = keyed.map(({ before, after }): Entry => {
    const endsLate = isLate(before, after, date)
    const changed = before === undefined ? [] : fields.filter((field) => before[field] !== after[field])
    return {
      kind: before === undefined ? 'person-added' : 'person-changed',
      body: { person: after.key, by, through, changed, endsLate },
      ...sealed(after.key, { before: before === undefined ? null : asJson(before), after: asJson(after) }),
    }
  })
  await logged(deps, tx, organisation, entries)
}

const plain = ({ key: _, ...person }: StoredPerson): Person => person
const asJson = (person: StoredPerson): Json => ({ ...plain(person) })
const plainly = (people: ReadonlyMap<string, StoredPerson>): ReadonlyMap<string, Person> =>
  new Map([...people].map(([id, person]) => [id, plain(person)]))

/** The date in the organisation's time zone. */
async function today(tx: Tx, organisation: string, now: number): Promise<CalendarDate> {
  const { time_zone: zone } = await tx
    .withTables<OrganisationTables>()
    .selectFrom('hevd.organisation')
    .select('time_zone')
    .where('id', '=', organisation)
    .executeTakeFirstOrThrow()
  return dateOf(now, zone)
}
