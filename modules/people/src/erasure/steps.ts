import { accountOwners, people as personFacts } from '@hevd/facts'
import { type Erased, loginsSeen, seenOf } from '@hevd/feeds'
import type { Tx } from '@hevd/postgres'
import { changing, logged, personFact, register } from '../register.ts'
import { peopleById } from '../store/people.ts'
import { calendarOf, hindrancesOf } from './due.ts'
import { lookFor, mustGo } from './look.ts'
import type { ErasureDeps } from './parts.ts'
import {
  addFormer,
  deletePerson,
  dropSponsor,
  type ErasureRow,
  erasureHeld,
  moveTo,
  ownedAccounts,
  setChanged,
  setErased,
  setObserved,
  setSearched,
  stopErasure,
} from './store.ts'

const erasedOf = ({ person, names, accounts }: ErasureRow): Erased => ({ person, names, accounts })

/**
 * Takes an erasure one step on, in a transaction that also writes the step; false where it waits. Every step can be done
 * again, so one that was interrupted is. The order: first the registers, so that nobody can enter or seal anything of the
 * person any more; then, when all that has been judged, what was judged; then a look through everything; and last the key
 * with the leaf.
 */
export async function step(deps: ErasureDeps, organisation: string, id: string): Promise<boolean> {
  const row = await deps.db.transaction(organisation, (tx) => erasureHeld(tx, organisation, id))
  if (row?.state === 'registers') return inRegisters(deps, organisation, id)
  if (row?.state === 'history') return inHistory(deps, organisation, id)
  if (row?.state === 'looking') return looking(deps, organisation, id)
  if (row?.state === 'key') return keyAndLeaf(deps, organisation, row)
  return false
}

/** Runs on the row if it is still in this state and nobody else is at it. */
async function at(
  tx: Tx,
  organisation: string,
  id: string,
  state: ErasureRow['state'],
  run: (row: ErasureRow) => Promise<boolean>,
): Promise<boolean> {
  const row = await erasureHeld(tx, organisation, id)
  return row?.state === state ? run(row) : false
}

/** The person leaves the registers. What has come to hinder it since it was asked for stops it. */
function inRegisters(deps: ErasureDeps, organisation: string, id: string): Promise<boolean> {
  const { registers, feeds } = deps.parts()
  return changing(deps, organisation, (tx) =>
    at(tx, organisation, id, 'registers', async (row) => {
      const { person } = row
      const known = person === null ? undefined : (await peopleById(tx, organisation, [person])).get(person)
      if (known !== undefined) {
        const calendar = await calendarOf(deps, tx, organisation)
        const hindered = await hindrancesOf(deps, tx, organisation, known, calendar)
        if (hindered.some(({ what }) => what !== 'not-due')) {
          await stopErasure(tx, organisation, id, deps.clock.now())
          await logged(deps, tx, organisation, [{ kind: 'erasure-stopped', body: { erasure: id } }])
          return true
        }
        await splitAccounts(tx, organisation, row, known.id)
      }
      const erased = erasedOf((await erasureHeld(tx, organisation, id)) ?? row)
      for (const one of registers) await one.erase(tx, organisation, erased)
      if (person !== null) await leavePeople(deps, tx, organisation, person)
      await feeds.eraseSaid(tx, organisation, erased)
      await setChanged(tx, organisation, id, deps.clock.now())
      return true
    }),
  )
}

/**
 * An account that is still seen is the host's to name: it is remembered without whose it was, and its name is no word to
 * take out of texts.
 */
async function splitAccounts(
  tx: Tx,
  organisation: string,
  { id, names }: ErasureRow,
  person: string,
): Promise<void> {
  const accounts = await ownedAccounts(tx, organisation, person)
  const seen = await seenOf(tx, organisation, accounts)
  await addFormer(tx, organisation, seen)
  const logins = await loginsSeen(tx, organisation, names)
  await setSearched(tx, organisation, id, {
    accounts: accounts.filter((account) => !seen.includes(account)),
    names: names.filter((name) => !logins.includes(name.toLowerCase())),
  })
}

async function leavePeople(
  { feeds }: ErasureDeps,
  tx: Tx,
  organisation: string,
  person: string,
): Promise<void> {
  const owned = await ownedAccounts(tx, organisation, person)
  const owners = owned.map((account) => ({
    type: accountOwners.name,
    key: accountOwners.key({ account, owner: { kind: 'person', id: person }, saidBy: '' }),
  }))
  const left = await dropSponsor(tx, organisation, person)
  const changed = await peopleById(tx, organisation, left)
  await deletePerson(tx, organisation, person)
  await feeds.put(tx, organisation, register.name, [...changed.values()].map(personFact))
  await feeds.remove(tx, organisation, register.name, [...owners, { type: personFacts.name, key: person }])
}

function inHistory(deps: ErasureDeps, organisation: string, id: string): Promise<boolean> {
  const { history, feeds } = deps.parts()
  return deps.db.transaction(organisation, (tx) =>
    at(tx, organisation, id, 'history', async (row) => {
      const erased = erasedOf(row)
      const since = row.changed_at ?? row.asked_at
      if ((await history.erase(tx, organisation, { id, since }, erased)) === 'again') {
        await moveTo(tx, organisation, id, 'history', 'judging')
        return false
      }
      await feeds.erasePast(tx, organisation, erased)
      await moveTo(tx, organisation, id, 'looking')
      return true
    }),
  )
}

/** What every module says it has done is not believed: everything is looked through. What is found is gone over anew. */
async function looking(deps: ErasureDeps, organisation: string, id: string): Promise<boolean> {
  const { personalData, maskLogs } = deps.parts()
  return deps.db.transaction(organisation, (tx) =>
    at(tx, organisation, id, 'looking', async ({ names, accounts }) => {
      const looked = await lookFor(tx, organisation, names, personalData)
      await setObserved(tx, organisation, id, { ...looked, remains: [...looked.remains] })
      if (mustGo(looked)) {
        await moveTo(tx, organisation, id, 'registers', 'remains')
        return false
      }
      await maskLogs([...names, ...accounts])
      await moveTo(tx, organisation, id, 'key')
      return true
    }),
  )
}

/** The key goes, and then the leaf is written in the transaction after which this row names nobody. */
async function keyAndLeaf(
  deps: ErasureDeps,
  organisation: string,
  { id, key }: ErasureRow,
): Promise<boolean> {
  const { ledger, db, clock } = deps
  if (key !== null) {
    await ledger.erase(organisation, key, (tx, entries) =>
      setErased(tx, organisation, id, entries, clock.now()),
    )
    return true
  }
  await db.transaction(organisation, async (tx) => {
    if (await setErased(tx, organisation, id, 0, clock.now()))
      await logged(deps, tx, organisation, [{ kind: 'account-erased', body: { erasure: id } }])
  })
  return true
}
