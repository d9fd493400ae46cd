import { type Instant, milliseconds } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import { type KeysContext, record } from '../context.ts'
import { type ClosedLease, closeLeases, closeLost, insertLease, type LeaseRow } from '../store/leases.ts'
import { touchTokens } from '../store/tokens.ts'

/** Uses that a lease covers, to be counted as they succeed. `done` is called once, whatever happened. */
export type Spending = {
  count(operation: string, version: number, uses?: number): void
  done(): void
}

/**
 * Who used which key how often. A lease is written down before the first use it covers and closed with exact counts, so that
 * nothing that was answered is unaccounted for: after a crash, what was not closed says how many it can have been at most.
 */
export type Leases = {
  /** Room for so many uses of a grant; waits for a row only where the present lease has none left. */
  take(
    organisation: string,
    grant: { readonly id: string; readonly key: string },
    token: string,
    uses: number,
  ): Promise<Spending>
  /** Closes what is over; everything where `all`. */
  flush(all?: boolean): Promise<void>
  /** Closes what servers left open that died. */
  closeLost(organisation: string): Promise<void>
}

type Lease = {
  readonly organisation: string
  readonly row: LeaseRow
  readonly counts: Map<string, number>
  left: number
  /** Uses that are not counted yet, by those who have not said `done`. */
  spending: number
  usedAt: Instant
}

/** A lease that is this long past its end was left by a server that died. */
const grace = 60_000
/** Leases of one entry of the log. */
const entryLeases = 100

export function createLeases(context: KeysContext): Leases {
  const { db, clock, config, server } = context
  const life = milliseconds(config.leaseLife)
  const current = new Map<string, Lease>()
  const opening = new Map<string, Promise<void>>()
  const over = new Set<Lease>()
  const tokens = new Map<string, Set<string>>()

  async function open(organisation: string, grant: { id: string; key: string }, uses: number) {
    const before = current.get(grant.id)
    if (before !== undefined) retire(before)
    const spent = before === undefined ? 0 : before.row.upTo - before.left
    const now = clock.now()
    const row: LeaseRow = {
      id: uuidv7(now),
      grant: grant.id,
      key: grant.key,
      beganAt: now,
      endsAt: now + life,
      upTo: Math.max(uses, Math.min(config.longestLease, Math.max(config.firstLease, spent * 4))),
    }
    await db.transaction(organisation, (tx) => insertLease(tx, organisation, server, row))
    const lease = { organisation, row, counts: new Map(), left: row.upTo, spending: 0, usedAt: now }
    current.set(grant.id, lease)
  }

  function retire(lease: Lease): void {
    if (current.get(lease.row.grant) === lease) current.delete(lease.row.grant)
    over.add(lease)
  }

  function spendingOf(lease: Lease, uses: number): Spending {
    lease.left -= uses
    lease.spending += 1
    return {
      count(operation, version, times = 1) {
        const use = `${operation}/${version}`
        lease.counts.set(use, (lease.counts.get(use) ?? 0) + times)
        lease.usedAt = clock.now()
      },
      done() {
        lease.spending -= 1
      },
    }
  }

  async function close(organisation: string, leases: readonly Lease[], tx: Tx): Promise<void> {
    const now = clock.now()
    const rows = leases.map(({ row, counts, usedAt }): ClosedLease => {
      const uses = [...counts.values()].reduce((sum, count) => sum + count, 0)
      return { ...row, counts: Object.fromEntries(counts), uses, usedAt }
    })
    const closed = (await closeLeases(tx, organisation, rows, now)).filter(({ uses }) => uses > 0)
    for (let from = 0; from < closed.length; from += entryLeases) {
      const uses = closed
        .slice(from, from + entryLeases)
        .map(({ id, grant, key, beganAt, usedAt, counts }) => ({
          ...{ lease: id, grant, key, from: beganAt, until: usedAt },
          counts: { ...counts },
        }))
      await record(context, tx, organisation, 'keys-used', { uses })
    }
    await touchTokens(tx, organisation, [...(tokens.get(organisation) ?? [])], now)
  }

  return {
    async take(organisation, grant, token, uses) {
      const used = tokens.get(organisation)
      if (used === undefined) tokens.set(organisation, new Set([token]))
      else used.add(token)
      for (;;) {
        const lease = current.get(grant.id)
        if (lease !== undefined && lease.left >= uses && clock.now() < lease.row.endsAt)
          return spendingOf(lease, uses)
        let opened = opening.get(grant.id)
        if (opened === undefined) {
          opened = open(organisation, grant, uses).finally(() => opening.delete(grant.id))
          opening.set(grant.id, opened)
        }
        await opened
      }
    },
    async flush(all = false) {
      const now = clock.now()
      for (const lease of current.values()) if (all || lease.row.endsAt <= now) retire(lease)
      const ready = [...over].filter(({ spending }) => all || spending === 0)
      for (const [organisation, leases] of Map.groupBy(ready, (lease) => lease.organisation)) {
        await db.transaction(organisation, (tx) => close(organisation, leases, tx))
        for (const lease of leases) over.delete(lease)
        tokens.delete(organisation)
      }
    },
    async closeLost(organisation) {
      const now = clock.now()
      await db.transaction(organisation, async (tx) => {
        const lost = await closeLost(tx, organisation, now - grace, now)
        if (lost.length === 0) return
        const uses = lost.map(({ id, grant, key, beganAt, endsAt, upTo }) => ({
          ...{ lease: id, grant, key, from: beganAt, until: endsAt, upTo },
        }))
        for (let from = 0; from < uses.length; from += entryLeases)
          await record(context, tx, organisation, 'key-uses-lost', {
            uses: uses.slice(from, from + entryLeases),
          })
      })
    },
  }
}
