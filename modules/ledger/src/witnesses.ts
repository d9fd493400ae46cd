import type { WitnessConfig } from './config.ts'
import { inTurn } from './in-turn.ts'
import type { Log } from './log.ts'
import { type Asking, askWitness } from './witnessing.ts'

export type Witnesses = {
  /** Shows the newest checkpoint of a log to its witnesses. Nothing waits for it, and no failure of theirs stops the log. */
  show(log: Log): void
  /** Resolves when none is being asked. */
  settled(): Promise<void>
}

export type WitnessDeps = Asking & {
  readonly witnesses: readonly WitnessConfig[]
  /** Told of the first failure in a row of a witness, and when it signs again. */
  readonly failed: (witness: string, error: unknown) => void
  readonly recovered: (witness: string) => void
}

type Asked = {
  readonly witness: WitnessConfig
  readonly turn: ReturnType<typeof inTurn>
  /** Logs that it is about to be shown. */
  readonly waiting: Set<Log>
  /** Sizes that it has signed, as far as this process knows. */
  readonly signed: Map<Log, number>
  failures: number
  passOver: number
}
/** Most times that a failing witness is passed over before it is asked again. */
const longestPassOver = 60

/** Each witness is asked one thing at a time, so that it sees a log grow. */
export function showToWitnesses(deps: WitnessDeps): Witnesses {
  const asked = deps.witnesses.map(
    (witness): Asked => ({
      witness,
      turn: inTurn(),
      waiting: new Set(),
      signed: new Map(),
      failures: 0,
      passOver: 0,
    }),
  )
  const under = new Set<Promise<void>>()

  async function ask(log: Log, asked: Asked): Promise<void> {
    asked.waiting.delete(log)
    const size = log.kept?.size ?? 0
    const { name } = asked.witness
    try {
      await askWitness(log, asked.witness, deps)
      asked.signed.set(log, size)
      if (asked.failures > 0) deps.recovered(name)
      asked.failures = 0
    } catch (error) {
      if (asked.failures === 0) deps.failed(name, error)
      asked.failures += 1
      asked.passOver = Math.min(2 ** asked.failures, longestPassOver)
    }
  }

  /** Whether there is something to ask; a witness that failed is passed over for a while, longer each time. */
  function isDue(log: Log, asked: Asked): boolean {
    if (!(asked.witness.logs ?? ['public']).includes(log.name) || asked.waiting.has(log)) return false
    if ((asked.signed.get(log) ?? 0) >= (log.kept?.size ?? 0)) return false
    asked.passOver = Math.max(0, asked.passOver - 1)
    return asked.passOver === 0
  }

  return {
    show(log) {
      for (const one of asked.filter((witness) => isDue(log, witness))) {
        one.waiting.add(log)
        const asking = one.turn(() => ask(log, one)).finally(() => under.delete(asking))
        under.add(asking)
      }
    },
    settled: async () => {
      await Promise.all(under)
    },
  }
}
