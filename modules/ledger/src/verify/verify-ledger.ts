import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '@hevd/postgres'
import { newSigner, parseVerifierKey } from '@hevd/tlog'
import { logFolder } from '../checkpoint-file.ts'
import type { WitnessConfig } from '../config.ts'
import type { LogName } from '../contract.ts'
import { originOf } from '../log.ts'
import { loadLogKey } from '../log-key.ts'
import { openPersonKeys, type PersonKeys, personKeyFile } from '../person-keys.ts'
import { standings } from '../store.ts'
import { Faulty, type LedgerFault } from './faults.ts'
import { type LogVerified, type Outside, verifyLog } from './verify-log.ts'

export type { LedgerFault } from './faults.ts'
export type { LogVerified } from './verify-log.ts'

export type LedgerVerificationDeps = {
  readonly db: Database
  /** HEVD_HOME: keys and kept checkpoints. */
  readonly home: string
  /** Pinned verifier keys, instead of those of the key files. */
  readonly verifierKeys?: { readonly [L in LogName]?: string }
  /** Whose cosignatures are verified too. */
  readonly witnesses?: readonly WitnessConfig[]
}

export type LedgerVerification =
  | { readonly kind: 'sound'; readonly logs: readonly LogVerified[] }
  | { readonly kind: 'wrong'; readonly fault: LedgerFault }

const names: readonly LogName[] = ['internal', 'public']

/**
 * Recomputes both logs of an organisation from the entries' bytes, the key and the kept files, as they stand at one
 * moment: leaf hashes, tiles, heads, every checkpoint ever signed, cosignatures, sealed payloads, outbox. Names the
 * first that is wrong. Writes nothing.
 *
 * @param progress told how many of how many entries are done
 */
export async function verifyLedger(
  deps: LedgerVerificationDeps,
  organisation: string,
  progress: (done: number, of: number) => void = () => {},
): Promise<LedgerVerification> {
  const { db, home } = deps
  const keyFile = personKeyFile(home)
  const keys = existsSync(keyFile) ? openPersonKeys(keyFile, randomBytes) : null
  const known = new Map<LogName, Outside>()
  try {
    // Read before the database is: a checkpoint that a running server keeps meanwhile is not held against it.
    for (const log of names) known.set(log, await outsideOf(deps, organisation, log, keys))
    const logs = await db.transaction(
      organisation,
      async (tx) => {
        const stand = await standings(tx, organisation)
        const total = stand.reduce((sum, { size }) => sum + size, 0)
        const verified: LogVerified[] = []
        let before = 0
        for (const [log, outside] of known) {
          const one = await verifyLog({ tx, organisation, log }, outside, (done) =>
            progress(Math.min(before + done, total), total),
          )
          verified.push(one)
          before += one.size
        }
        progress(total, total)
        return verified
      },
      { isolation: 'repeatable read', readOnly: true },
    )
    return { kind: 'sound', logs }
  } catch (error) {
    if (error instanceof Faulty) return { kind: 'wrong', fault: error.fault }
    throw error
  } finally {
    keys?.close()
  }
}

async function outsideOf(
  { home, verifierKeys, witnesses = [] }: LedgerVerificationDeps,
  organisation: string,
  log: LogName,
  keys: PersonKeys | null,
): Promise<Outside> {
  const folder = logFolder(home, organisation, log)
  const kept = join(folder, 'checkpoint')
  const path = join(folder, 'key.pem')
  const pinned = verifierKeys?.[log]
  const own = () =>
    existsSync(path) ? newSigner(originOf(organisation, log), loadLogKey(path, false)).key : null
  return {
    key: pinned === undefined ? own() : await parseVerifierKey(pinned),
    keptNote: existsSync(kept) ? readFileSync(kept, 'utf8') : null,
    keys,
    witnesses,
  }
}
