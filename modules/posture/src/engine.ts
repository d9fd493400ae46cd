import { hash } from 'node:crypto'
import { type Catalogue, type Clock, canonicalJson, type Damping, milliseconds } from '@hevd/core'
import type { Feeds } from '@hevd/feeds'
import type { Ledger } from '@hevd/ledger'
import type { Database } from '@hevd/postgres'
import type { FastifyBaseLogger } from 'fastify'
import type { PostureConfig } from './config.ts'
import { type Populations, populationsOf } from './domain/candidate.ts'

/** What every part of the engine works with. */
export type Engine = {
  readonly db: Database
  readonly clock: Clock
  readonly logger: FastifyBaseLogger
  readonly feeds: Feeds
  readonly ledger: Ledger
  readonly catalogue: Catalogue
  readonly config: PostureConfig
  readonly populations: Populations
  /** SHA-256, hex, of everything that judges: the version, and each control's text and tests. */
  readonly digest: string
  /** `config.silentAfter` in milliseconds. */
  readonly silentAfter: number
  /** `config.flapping` in milliseconds. */
  readonly damping: Damping
  /** Ids of all tests. */
  readonly tests: readonly string[]
}

export function createEngine(
  given: Omit<Engine, 'populations' | 'digest' | 'silentAfter' | 'damping' | 'tests'>,
): Engine {
  const { catalogue, config } = given
  const controls = [...catalogue.controls.values()].map(({ id, policyDigest, testsDigest, tests }) => ({
    id,
    policyDigest,
    testsDigest,
    tests: tests.map((test) => test.id),
  }))
  return {
    ...given,
    populations: populationsOf(catalogue.tests.values()),
    silentAfter: milliseconds(config.silentAfter),
    damping: {
      times: config.flapping.times,
      within: milliseconds(config.flapping.within),
      steady: milliseconds(config.flapping.steady),
    },
    tests: [...catalogue.tests.keys()],
    digest: hash('sha256', canonicalJson({ version: config.version, controls })),
  }
}
