import { type Access, createAccess } from '@hevd/access'
import type { Catalogue } from '@hevd/core'
import { createData } from '@hevd/data'
import { createFeeds, type Feeds } from '@hevd/feeds'
import { createHosts, type Hosts } from '@hevd/hosts'
import type { Module } from '@hevd/http'
import { createIdentity, type Identity } from '@hevd/identity'
import { createLedger, type Ledger } from '@hevd/ledger'
import { createPeople } from '@hevd/people'
import type { Database } from '@hevd/postgres'
import { createPosture, type Posture } from '@hevd/posture'
import { createTrust } from '@hevd/trust'
import type { Logger } from 'pino'
import type { DatabaseClock } from './clock.ts'
import type { ServerConfig } from './config.ts'

/** What the modules stand on. */
export type Ground = {
  readonly db: Database
  readonly clock: DatabaseClock
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number
  readonly logger: Logger
  readonly catalogue: Catalogue
  readonly home: string
  /** Where people reach the server. */
  readonly origin: string
  readonly witnesses: ServerConfig['witnesses']
  /** Of this Hevd; another one judges everything anew. */
  readonly version: string
}

/** The modules of the server, in the order in which they start. */
export type Modules = {
  readonly ledger: Ledger
  readonly identity: Identity
  readonly feeds: Feeds
  readonly hosts: Hosts
  readonly access: Access
  readonly posture: Posture
  readonly all: readonly Module[]
}

/** Makes every module with what it needs of the others. */
export function createModules({
  db,
  clock,
  monotonic,
  logger,
  catalogue,
  home,
  origin,
  witnesses,
  version,
}: Ground): Modules {
  const ledger = createLedger({ db, clock, home, logger, config: { witnesses } })
  const { record } = ledger
  const identity = createIdentity({ db, clock, record, origin })
  const feeds = createFeeds({ db, clock, logger, record })
  const hosts = createHosts({ db, clock, feeds, record })
  const people = createPeople({ db, clock, feeds, ledger, names: identity.names })
  const access = createAccess({
    db,
    clock,
    feeds,
    ledger,
    people,
    administrators: identity.administrators,
  })
  const data = createData({ db, clock, feeds, ledger })
  const posture = createPosture({
    db,
    clock,
    logger,
    feeds,
    ledger,
    catalogue,
    administrators: identity.administrators,
    clocks: { database: () => db.now(), monotonic, follow: clock.follow },
    config: { version },
  })
  const trust = createTrust({ db, clock, logger, ledger, posture, feeds, catalogue, origin })
  return {
    ledger,
    identity,
    feeds,
    hosts,
    access,
    posture,
    all: [ledger, identity, feeds, hosts, people, access, data, posture, trust],
  }
}
