import { type CalendarDate, dateOf, type Json } from '@hevd/core'
import type { Entry } from '@hevd/ledger'
import { type OrganisationTables, type Tx, uuidv7 } from '@hevd/postgres'
import { previewOf, readCsv, refusalOf, type Seen } from '@hevd/register-file'
import type { z } from 'zod'
import type { ImportPreview, Person, puttingPerson } from './contract.ts'
import { columns, fields } from './domain/columns.ts'
import { isLate, isSame, planPeople } from './domain/import-plan.ts'
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
  const file = readCsv(bytes, columns, config.fileRows)
  const plan = await db.transaction(organisation, async (tx) =>
    planPeople(
      plainly(await everyone(tx, organisation)),
      file,
      await today(tx, organisation, clock.now()),
      config,
    ),
  )
  return { ...previewOf(plan, file, config), late: [...plan.late] }
}

/**
 * Imports a file that was looked at. Throws `register-changed`, `file-has-faults` or `confirm-number`; then nothing was
 * changed.
 */
export async function importPeople(
  deps: RegisterDeps,
  { organisation, by }: Act,
  bytes: string | Uint8Array,
  seen: Seen,
): Promise<{ readonly added: number; readonly changed: number }> {
  const { clock, config } = deps
  const file = readCsv(bytes, columns, config.fileRows)
  return changing(deps, organisation, async (tx) => {
    const stored = await everyone(tx, organisation)
    const plan = planPeople(plainly(stored), file, await today(tx, organisation, clock.now()), config)
    const refusal = refusalOf(plan, seen)
    if (refusal !== null) throw new PeopleError(refusal.code, refusal.detail)
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
  const sponsors = await peopleById(
    tx,
    organisation,
    keyed.flatMap(({ before, after }) => [before?.sponsor, after.sponsor].flatMap((id) => id ?? [])),
  )
  /** Another's number is not sealed under this person's key, where their own erasure would leave it. */
  const asJson = (person: StoredPerson): Json => ({
    ...plain(person),
    sponsor: person.sponsor === null ? null : (sponsors.get(person.sponsor)?.key ?? null),
  })
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
