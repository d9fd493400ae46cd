import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Erased } from '@hevd/feeds'
import type { Asks, Module } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { keysAsks } from './asks.ts'
import { type KeysConfig, keysDefaults } from './config.ts'
import { type KeysContext, record } from './context.ts'
import { eraseInKeys } from './erase.ts'
import { putAccountIfKnown } from './facts.ts'
import { createRootMemories } from './root/memory.ts'
import { grantRoutes } from './routes/grants.ts'
import { keyRoutes } from './routes/keys.ts'
import { rootKeyRoutes } from './routes/root-key.ts'
import { storeRoutes } from './routes/stores.ts'
import { raiseGeneration } from './store/root.ts'
import { revokeTokensOf } from './store/tokens.ts'
import { transitRoutes } from './transit/index.ts'
import { createAuthority } from './use/authority.ts'
import { createLeases } from './use/leases.ts'
import { createWorker } from './worker.ts'

export type { KeysConfig } from './config.ts'
export { KeysError } from './errors.ts'
export type { SealsConfig } from './seal/config.ts'
export { sealsDefaults } from './seal/config.ts'
export { createSealing } from './seal/index.ts'

export type KeysDeps = Omit<KeysContext, 'config' | 'server' | 'random'> & {
  readonly config?: Partial<KeysConfig>
  /** The system's random bytes; only tests need others. */
  readonly random?: (bytes: number) => Buffer
}

/** What it says reaches others as facts: `encryption-key`, `key-grant`, `key-account`, `root-key-custody`, `key-store`, `key-store-list`. */
export type Keys = Module & {
  /** Told in the transaction that disables an account or changes its role: its tokens end, and what servers remember of it. */
  accountChanged(tx: Tx, organisation: string, account: string): Promise<void>
  /** Takes a person's names out; idempotent. */
  erase(tx: Tx, organisation: string, erased: Erased): Promise<void>
  /** Approvals, and what waits for custodians on this server. */
  readonly asks: Asks<Tx>
  /** Does what is due now: closes leases that are over, rotates, destroys. For tests. */
  runOnce(): Promise<void>
}

/** Folder of the module's numbered SQL files. */
export const keysMigrations = join(import.meta.dirname, '..', 'migrations')

/** The vault (README.md). */
export function createKeys(deps: KeysDeps): Keys {
  const context: KeysContext = {
    random: randomBytes,
    ...deps,
    server: randomUUID(),
    config: Object.freeze({ ...keysDefaults, ...deps.config }),
  }
  const memories = createRootMemories(() => context.sealing.shares.ceremony())
  const authority = createAuthority({ context, memories })
  const leases = createLeases(context)
  const all = { context, memories, authority, leases }
  const worker = createWorker(all)
  return {
    name: 'keys',
    migrations: keysMigrations,
    register(app) {
      keyRoutes(app, all)
      grantRoutes(app, context)
      rootKeyRoutes(app, all, authority.forget)
      storeRoutes(app, context)
      transitRoutes(app, all)
    },
    start: worker.start,
    async stop() {
      await worker.stop()
      memories.closeAll()
    },
    async accountChanged(tx, organisation, account) {
      const [standing] = await context.standing(tx, [account])
      await raiseGeneration(tx, organisation)
      if (standing?.disabledAt !== null) {
        const holder = { kind: 'account', id: account } as const
        const tokens = await revokeTokensOf(tx, organisation, holder, context.clock.now())
        if (tokens > 0) await record(context, tx, organisation, 'key-tokens-ended', { account, tokens })
      }
      await putAccountIfKnown(context, tx, organisation, account)
    },
    erase: (tx, organisation, erased) => eraseInKeys(context, tx, organisation, erased),
    asks: (tx, organisation) => keysAsks(all, tx, organisation),
    runOnce: worker.runOnce,
  }
}
