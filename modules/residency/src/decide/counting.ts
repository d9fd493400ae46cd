import { type Instant, milliseconds } from '@hevd/core'
import { type OrganisationTables, uuidv7 } from '@hevd/postgres'
import { logged, type ResidencyContext } from '../context.ts'
import { closeBatch, closeLostBatches, openBatch } from '../store/batches.ts'
import { customersOf } from '../store/customers.ts'
import { touchTokens } from '../store/tokens.ts'
import { type Answer, isUnknown, type Question } from './decide.ts'

/**
 * Counts of answers, so that the internal log has one entry a batch and not one an answer. A batch is a row before its first
 * answer is given: one that a server left open when it ended is written down as answers nobody counted.
 */
export type Counting = {
  /** The answer’s number: its batch, and its place there. */
  count(organisation: string, token: string, question: Question, answer: Answer): Promise<string>
  start(): void
  stop(): Promise<void>
  /** Writes down what was counted, and what servers that ended have left. */
  runOnce(): Promise<void>
}

type Denial = Question & { readonly code: string; times: number }
type Batch = {
  readonly id: string
  readonly openedAt: Instant
  allowed: number
  denied: number
  readonly denials: Map<string, Denial>
  readonly tokens: Set<string>
}

/** Denials that are told by name in one entry; the others are in the number alone. */
const mostNamed = 100

export function createCounting(context: ResidencyContext): Counting {
  const { db, clock, config, logger } = context
  const batches = new Map<string, Promise<Batch>>()
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let isFailing = false

  async function opened(organisation: string): Promise<Batch> {
    const now = clock.now()
    const id = uuidv7(now)
    await db.transaction(organisation, (tx) => openBatch(tx, organisation, id, now))
    return { id, openedAt: now, allowed: 0, denied: 0, denials: new Map(), tokens: new Set() }
  }

  function current(organisation: string): Promise<Batch> {
    const known = batches.get(organisation)
    if (known !== undefined) return known
    const opening = opened(organisation)
    batches.set(organisation, opening)
    opening.catch(() => batches.delete(organisation))
    return opening
  }

  async function write(organisation: string, { id, openedAt, ...counted }: Batch): Promise<void> {
    const { allowed, denied, denials, tokens } = counted
    const now = clock.now()
    await db.transaction(organisation, async (tx) => {
      await touchTokens(tx, organisation, [...tokens], now)
      if (!(await closeBatch(tx, organisation, id, now))) return
      const named = [...denials.values()].slice(0, mostNamed)
      const known = await customersOf(
        tx,
        organisation,
        named.map(({ customer }) => customer),
      )
      const deniedBy = named.map(({ customer, store, code, times }) => ({
        customer: known.get(customer)?.ref ?? null,
        store: store === '' ? null : store,
        code,
        times,
      }))
      const body = { batch: id, from: openedAt, until: now, allowed, denied, deniedBy }
      await logged(context, tx, organisation, [{ kind: 'residency-decided', body }])
    })
  }

  async function flush(): Promise<void> {
    for (const [organisation, opening] of [...batches]) {
      batches.delete(organisation)
      const batch = await opening.catch(() => null)
      if (batch === null) continue
      try {
        await write(organisation, batch)
      } catch (error) {
        // Kept for the next time, unless another batch is under way by now: then it is found as one that was left open.
        if (!batches.has(organisation)) batches.set(organisation, Promise.resolve(batch))
        throw error
      }
    }
  }

  async function closeLost(): Promise<void> {
    const organisations = await db.system((tx) =>
      tx.withTables<OrganisationTables>().selectFrom('hevd.organisation').select('id').execute(),
    )
    const now = clock.now()
    for (const { id: organisation } of organisations)
      await db.transaction(organisation, async (tx) => {
        const lost = await closeLostBatches(tx, organisation, now - milliseconds(config.lostAfter), now)
        const entries = lost.map(({ id, openedAt }) => ({
          kind: 'residency-decisions-lost',
          body: { batch: id, from: openedAt },
        }))
        if (entries.length > 0) await logged(context, tx, organisation, entries)
      })
  }

  async function runOnce(): Promise<void> {
    await flush()
    await closeLost()
  }

  async function round(): Promise<void> {
    try {
      await runOnce()
      isFailing = false
    } catch (error) {
      if (!isFailing)
        logger.warn({ err: error }, 'answers on residency could not be written down; trying again')
      isFailing = true
    }
    wake()
  }

  function wake(): void {
    timer = setTimeout(() => {
      underWay = round()
    }, milliseconds(config.countEvery))
    timer.unref()
  }

  return {
    async count(organisation, token, question, { allowed, why }) {
      const batch = await current(organisation)
      batch.tokens.add(token)
      if (allowed) batch.allowed += 1
      else {
        batch.denied += 1
        // What nobody has entered may be anything that somebody typed, so it is told by its sort alone.
        const { customer, store } = isUnknown(why) ? { customer: '', store: '' } : question
        const key = JSON.stringify([customer, store, why.code])
        const denial = batch.denials.get(key) ?? { customer, store, code: why.code, times: 0 }
        denial.times += 1
        if (batch.denials.size < mostNamed) batch.denials.set(key, denial)
      }
      return `${batch.id}/${batch.allowed + batch.denied}`
    },
    start: wake,
    async stop() {
      clearTimeout(timer)
      await underWay
      clearTimeout(timer)
      await flush()
    },
    runOnce,
  }
}
