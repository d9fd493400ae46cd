import { milliseconds } from '@hevd/core'
import { seenOf } from '@hevd/feeds'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { AskingErasure, ErasurePreview } from '../contract.ts'
import { PeopleError } from '../errors.ts'
import { type Act, changing, logged } from '../register.ts'
import { peopleById, type StoredPerson } from '../store/people.ts'
import { calendarOf, hindrancesOf } from './due.ts'
import { lookFor } from './look.ts'
import type { ErasureDeps } from './parts.ts'
import { approveBatch, askedSince, batchHeld, insertErasure, ownedAccounts, stopErasure } from './store.ts'

const aDay = milliseconds('P1D')

/** What an erasure would take and what it would leave. Throws `no-such-person`. */
export async function previewErasure(
  deps: ErasureDeps,
  tx: Tx,
  organisation: string,
  id: string,
): Promise<ErasurePreview> {
  const person = (await peopleById(tx, organisation, [id])).get(id)
  if (person === undefined) throw new PeopleError('no-such-person')
  const calendar = await calendarOf(deps, tx, organisation)
  const { key: _, ...plain } = person
  const due = person.endsOn === null ? null : calendar.dueOf(person.endsOn)
  const accounts = await ownedAccounts(tx, organisation, id)
  const seen = new Set(await seenOf(tx, organisation, accounts))
  const { remains } = await lookFor(tx, organisation, [person.name], deps.parts().personalData)
  const byTable = Map.groupBy(
    remains.filter(({ holds }) => holds === 'person' || holds === 'words'),
    ({ table }) => table,
  )
  return {
    person: plain,
    due,
    isDue: due !== null && due <= calendar.today,
    hindrances: [...(await hindrancesOf(deps, tx, organisation, person, calendar))],
    accounts: accounts.map((account) => ({ account, seen: seen.has(account) })),
    goes: [...byTable].map(([table, found]) => ({ table, rows: Math.max(...found.map(({ rows }) => rows)) })),
    openPeriods: await deps.parts().history.openPeriods(tx, organisation),
    needsApproval: await needsApproval(deps, tx, organisation, 1),
  }
}

async function needsApproval(
  deps: ErasureDeps,
  tx: Tx,
  organisation: string,
  more: number,
): Promise<boolean> {
  const asked = await askedSince(tx, organisation, deps.clock.now() - aDay)
  return asked + more > deps.config.erasedAlone
}

/**
 * Asks that persons be erased: all of them or none. Throws `no-such-person`, `cannot-be-erased` with what hinders,
 * `erasure-needs-reason` where somebody is not past retention, `erasure-not-confirmed`, or `erasure-under-way`.
 */
export async function askErasure(
  deps: ErasureDeps,
  { organisation, by }: Act,
  { people, reason, confirm }: AskingErasure,
): Promise<string> {
  const now = deps.clock.now()
  const batch = uuidv7(now)
  await changing(deps, organisation, async (tx) => {
    const calendar = await calendarOf(deps, tx, organisation)
    const known = await peopleById(
      tx,
      organisation,
      people.map(({ id }) => id),
    )
    const named = people.map(({ id, also }) => ({ person: personIn(known, id), also }))
    const [first, ...others] = named
    const typed = first !== undefined && others.length === 0 ? first.person.name : String(named.length)
    if (confirm.trim() !== typed) throw new PeopleError('erasure-not-confirmed')
    const approval = await needsApproval(deps, tx, organisation, named.length)
    for (const { person, also } of named) {
      const hindered = await hindrancesOf(deps, tx, organisation, person, calendar)
      const isDue = !hindered.some(({ what }) => what === 'not-due')
      if (hindered.some(({ what }) => what !== 'not-due')) throw new PeopleError('cannot-be-erased')
      if (!isDue && reason === null) throw new PeopleError('erasure-needs-reason')
      const id = uuidv7(now)
      const because = isDue ? ('retention' as const) : ('request' as const)
      const state = approval ? ('asked' as const) : ('registers' as const)
      const isNew = await insertErasure(tx, organisation, {
        id,
        batch,
        state,
        waits: approval ? 'approval' : null,
        key: person.key,
        person: person.id,
        names: [...new Set([person.name, ...also])],
        accounts: [],
        because,
        reason,
        asked_by: by,
        asked_at: now,
      })
      if (!isNew) throw new PeopleError('erasure-under-way')
      const body = { erasure: id, person: person.key, because, by, approval }
      await logged(deps, tx, organisation, [{ kind: 'erasure-asked', body }])
    }
  })
  return batch
}

function personIn(known: ReadonlyMap<string, StoredPerson>, id: string): StoredPerson {
  const person = known.get(id)
  if (person === undefined) throw new PeopleError('no-such-person')
  return person
}

/**
 * Approves what another asked for; what the only administrator asked for, that one may approve alone. Throws
 * `no-such-erasure` or `own-erasure`.
 */
export async function approveErasure(
  deps: ErasureDeps,
  { organisation, by }: Act,
  batch: string,
): Promise<void> {
  const administrators = await deps.administrators(organisation)
  const alone = administrators.length === 1 && administrators[0] === by
  await deps.db.transaction(organisation, async (tx) => {
    const rows = (await batchHeld(tx, organisation, batch)).filter(({ state }) => state === 'asked')
    if (rows.length === 0) throw new PeopleError('no-such-erasure')
    if (rows.some(({ asked_by }) => asked_by === by) && !alone) throw new PeopleError('own-erasure')
    await approveBatch(tx, organisation, batch, by, deps.clock.now())
    const entries = rows.map(({ id }) => ({
      kind: 'erasure-approved',
      body: { erasure: id, by, singleApprover: alone },
    }))
    await logged(deps, tx, organisation, entries)
  })
}

/** Takes back what is asked for and not approved. Throws `no-such-erasure`. */
export async function withdrawErasure(
  deps: ErasureDeps,
  { organisation, by }: Act,
  batch: string,
): Promise<void> {
  await deps.db.transaction(organisation, async (tx) => {
    const rows = (await batchHeld(tx, organisation, batch)).filter(({ state }) => state === 'asked')
    if (rows.length === 0) throw new PeopleError('no-such-erasure')
    for (const { id } of rows) await stopErasure(tx, organisation, id, deps.clock.now())
    const entries = rows.map(({ id }) => ({ kind: 'erasure-withdrawn', body: { erasure: id, by } }))
    await logged(deps, tx, organisation, entries)
  })
}
