import { randomUUID } from 'node:crypto'
import type { Coverage } from '@hevd/core'
import { type Said, vocabulary } from '@hevd/facts'
import { type Collector, runCollector } from '../collector.ts'
import { type LookAt, lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { openSpool } from '../spool/spool.ts'
import { atEnd } from './at-end.ts'
import { folderWith } from './folder.ts'

/** What the server would be told of one part of the world if everything were said anew. */
export type Told = { readonly facts: readonly Said[]; readonly coverage: readonly Coverage[] }

/** A collector with a spool, as the agent runs it; each look gives what is now said of a scope. */
export function spooled(collector: Collector): (scope: string, look?: Partial<LookAt>) => Promise<Told> {
  const path = folderWith().at(`${randomUUID()}.sqlite`)
  const host = { id: 'h1', name: 'here' }
  const spool = openSpool(path)
  atEnd(() => spool.close())
  return async (scope, look = {}) => {
    const access = localHostAccess({ host, firstSeen: spool, look: { ...lookAtNothingElse, ...look } })
    const { name, title, interval } = collector
    const run = await runCollector(collector, access, spool.coverageOf(name))
    spool.record({ host: host.id, collector: name, title, interval, ...run, observedAt: access.now() })
    spool.sayAnew(name)
    const [report] = spool.next({ reports: 1, bytes: 1 }, new Set())
    return {
      facts: report?.put.filter(({ type, value }) => vocabulary.get(type)?.scope(value) === scope) ?? [],
      coverage: report?.coverage?.filter((one) => one.scope === scope) ?? [],
    }
  }
}
