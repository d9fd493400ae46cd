import { type Access, createAccess } from '@hevd/access'
import { type Amendments, createAmendments } from '@hevd/amendments'
import { type Backups, createBackups } from '@hevd/backups'
import type { Catalogue } from '@hevd/core'
import { createData, type Data } from '@hevd/data'
import { createFeeds, type Feeds } from '@hevd/feeds'
import { createHosts, type Hosts } from '@hevd/hosts'
import type { Module } from '@hevd/http'
import { createIdentity, type Identity } from '@hevd/identity'
import { createKeys, createSealing, type Keys, sealsDefaults } from '@hevd/keys'
import { createLedger, type Ledger } from '@hevd/ledger'
import { createNotices } from '@hevd/notices'
import { createPeople, type ErasureParts, type People } from '@hevd/people'
import type { Database } from '@hevd/postgres'
import { createPosture, type Posture } from '@hevd/posture'
import { createResidency, type Residency } from '@hevd/residency'
import { createTrust } from '@hevd/trust'
import type { Logger } from 'pino'
import type { DatabaseClock } from './clock.ts'
import type { ServerConfig } from './config.ts'
import { erasureParts } from './erasing.ts'

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
  readonly agents: ServerConfig['agents']
  /** Rewrites tables of a database of ours; null where it is the organisation's own. */
  readonly rewrite: ErasureParts['rewrite']
  /** How long a person is kept after the last day. */
  readonly retention: ServerConfig['retention']
  /** What can seal the vault's root key. */
  readonly seals: ServerConfig['seals']
  readonly smtp: ServerConfig['smtp']
  readonly internalReceivers: boolean
  /** Of this Hevd; another one judges everything anew. */
  readonly version: string
}

/** The modules of the server, in the order in which they start. */
export type Modules = {
  readonly ledger: Ledger
  readonly identity: Identity
  readonly feeds: Feeds
  readonly hosts: Hosts
  readonly people: People
  readonly access: Access
  readonly posture: Posture
  readonly amendments: Amendments
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
  agents,
  rewrite,
  retention,
  seals,
  smtp,
  internalReceivers,
  version,
}: Ground): Modules {
  const ledger = createLedger({ db, clock, home, logger, config: { witnesses } })
  const { record } = ledger
  const identity = createIdentity({
    db,
    clock,
    record,
    origin,
    isPeriod: (organisation, period) => posture.isPeriod(organisation, period),
    changed: (tx, organisation, account) => keys.accountChanged(tx, organisation, account),
  })
  const feeds = createFeeds({ db, clock, logger, record })
  const hosts = createHosts({
    db,
    clock,
    feeds,
    record,
    version,
    config: agents === null ? {} : { certificateLife: agents.certificateLife },
  })
  const people: People = createPeople({
    db,
    clock,
    feeds,
    ledger,
    names: identity.names,
    config: { retention },
    erasing: {
      ledger,
      logger,
      administrators: identity.administrators,
      parts: () =>
        erasureParts({ access, backups, data, feeds, keys, posture, residency }, { home, rewrite }),
    },
  })
  const access: Access = createAccess({
    db,
    clock,
    feeds,
    ledger,
    people,
    administrators: identity.administrators,
  })
  const data: Data = createData({ db, clock, feeds, ledger })
  const keys: Keys = createKeys({
    db,
    clock,
    feeds,
    ledger,
    people,
    standing: identity.standing,
    sealing: createSealing({ ...sealsDefaults, ...seals, home }, clock),
    logger,
    version,
  })
  const backups: Backups = createBackups({
    db,
    clock,
    feeds,
    ledger,
    administrators: identity.administrators,
    names: identity.names,
    logger,
  })
  const residency: Residency = createResidency({
    db,
    clock,
    feeds,
    ledger,
    catalogue,
    parametersOf: async (tx, organisation, control) =>
      (await posture.texts(tx, organisation)).get(control)?.parameters ?? null,
    logger,
  })
  const posture: Posture = createPosture({
    db,
    clock,
    logger,
    feeds,
    ledger,
    catalogue,
    administrators: identity.administrators,
    names: identity.names,
    clocks: { database: () => db.now(), monotonic, follow: clock.follow },
    config: { version },
  })
  const amendments = createAmendments({
    db,
    clock,
    ledger,
    posture,
    catalogue,
    administrators: identity.administrators,
    names: identity.names,
  })
  const trust = createTrust({ db, clock, logger, ledger, posture, feeds, catalogue, origin })
  const notices = createNotices({
    db,
    clock,
    logger,
    record,
    accounts: identity,
    asks: [posture.asks, amendments.asks, people.asks, feeds.asks, keys.asks, backups.asks, residency.asks],
    origin,
    config: { smtp, internalReceivers },
  })
  return {
    ledger,
    identity,
    feeds,
    hosts,
    people,
    access,
    posture,
    amendments,
    all: [
      ledger,
      identity,
      feeds,
      hosts,
      people,
      access,
      data,
      keys,
      backups,
      residency,
      posture,
      amendments,
      trust,
      notices,
    ],
  }
}
