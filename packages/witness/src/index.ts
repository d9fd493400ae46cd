import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { formatVerifierKey, newCosigner, parseVerifierKey, type VerifierKey } from '@hevd/tlog'
import { addCheckpoint, originOf } from './add-checkpoint.ts'
import { type Answer, httpAnswer } from './answer.ts'
import { WitnessError } from './errors.ts'
import { lockFolder } from './folder-lock.ts'
import { inTurn } from './in-turn.ts'
import { loadKey } from './key.ts'
import { openSeen } from './seen.ts'
import { type Listening, serve } from './server.ts'

export type { Answer } from './answer.ts'
export { WitnessError, type WitnessErrorCode, witnessErrors } from './errors.ts'
export type { Listening } from './server.ts'

/** A log that the witness watches. */
export type WatchedLog = {
  readonly origin: string
  /** Verifier keys `name+hash+base64`; more than one while a log changes its key. */
  readonly verifierKeys: readonly string[]
}

export type WitnessOptions = {
  /** Where key and state are kept; for this witness alone. */
  readonly folder: string
  /** Name in its cosignatures, such as `witness.example.com/w1`. */
  readonly name: string
  readonly logs: readonly WatchedLog[]
  readonly clock: { readonly now: () => number }
  /** Told of what broke while answering. */
  readonly failed?: (error: unknown) => void
}

export type Witness = {
  /** To be given to those who ask for its cosignatures: `name+hash+base64`, type cosignature/v1. */
  readonly verifierKey: string
  /** The body of `add-checkpoint`, judged; what it confirmed is on disk when this resolves. */
  handle(body: string): Promise<Answer>
  /** Serves `<url>/add-checkpoint` over HTTP. A TLS-terminating proxy in front is the operator's. */
  listen(at: { readonly host: string; readonly port: number }): Promise<Listening>
  /** Stops listening, waits for what is under way, and lets go of the folder. */
  close(): Promise<void>
}

/** A C2SP tlog-witness. Throws {@link WitnessError}, and `key-malformed` of @hevd/tlog for a key of a log. */
export async function createWitness(options: WitnessOptions): Promise<Witness> {
  const { folder, name, clock, failed = () => {} } = options
  const logs = await keysByOrigin(options.logs)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const seen = openSeen(folder)
    const signer = newCosigner(name, loadKey(join(folder, 'key.pem'), seen.isEmpty()), clock.now)
    const turn = inTurn()
    const listening: Listening[] = []
    const underWay = new Set<Promise<unknown>>()
    const handle = (body: string) => {
      const answer = turn(originOf(body) ?? '', () => addCheckpoint(body, { logs, seen, signer }))
      const settled: Promise<unknown> = answer.then(
        () => underWay.delete(settled),
        () => underWay.delete(settled),
      )
      underWay.add(settled)
      return answer
    }
    return {
      verifierKey: formatVerifierKey(signer.key),
      handle,
      async listen(at) {
        const served = await serve(at, async (body) => httpAnswer(await handle(body)), failed)
        listening.push(served)
        return served
      },
      async close() {
        await Promise.all(listening.map((served) => served.close()))
        await Promise.all(underWay)
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function keysByOrigin(
  logs: readonly WatchedLog[],
): Promise<ReadonlyMap<string, readonly VerifierKey[]>> {
  const known = new Map<string, readonly VerifierKey[]>()
  for (const { origin, verifierKeys } of logs) {
    if (known.has(origin)) throw new WitnessError('log-twice', { origin })
    known.set(origin, await Promise.all(verifierKeys.map(parseVerifierKey)))
  }
  return known
}
