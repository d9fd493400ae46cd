import type pg from 'pg'
import { z } from 'zod'
import { type ClosedPlace, type OpenPlace, type ScanGap, unseenObject, whyOf } from '../place.ts'
import { calledTable, serverAnswer, serverQuery, tablesAnswer, tablesQuery } from './catalogue.ts'
import { openSession } from './session.ts'
import { lookAtTable } from './table.ts'

/** Scans by ranges of pages need it: TID range scans are younger. */
const oldest = 140_000

/**
 * The databases of a PostgreSQL server: the one that the URL names, or all that the role may enter where it names none.
 * Those that are not looked at are told too. A place is open until the next one is asked for.
 */
export async function* openPostgres(url: string): AsyncGenerator<OpenPlace | ClosedPlace> {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  const server = `${host === '' ? 'localhost' : host}:${port === '' ? (searchParams.get('port') ?? '5432') : port}`
  const named = decodeURIComponent(pathname.replace(/^\//, ''))
  const about = (database: string) => ({
    kind: 'postgres' as const,
    name: `${server}/${database}`,
    local: database,
    unit: 'rows' as const,
  })
  let databases: readonly string[]
  try {
    const client = await openSession(url, named === '' ? 'postgres' : null)
    try {
      const { rows } = await client.query<{ answer: unknown }>(serverQuery)
      const answer = serverAnswer.parse(rows[0]?.answer)
      if (answer.version < oldest) {
        yield { ...about(named === '' ? '*' : named), why: 'old-server' }
        return
      }
      databases = answer.databases
    } finally {
      await client.end().catch(() => {})
    }
  } catch (error) {
    yield { ...about(named === '' ? '*' : named), why: whyOf(error) }
    return
  }
  for (const database of databases) {
    if (named !== '' && database !== named) {
      yield { ...about(database), why: 'other-database' }
      continue
    }
    let client: pg.Client
    try {
      client = await openSession(url, database)
    } catch (error) {
      yield { ...about(database), why: whyOf(error) }
      continue
    }
    try {
      yield { ...about(database), ...(await opened(client)) }
    } catch (error) {
      yield { ...about(database), why: whyOf(error) }
    } finally {
      await client.end().catch(() => {})
    }
  }
}

const largeAnswer = z.object({ answer: tablesAnswer, large: z.int() })

async function opened(client: pg.Client): Promise<Pick<OpenPlace, 'objects' | 'gaps' | 'look'>> {
  const { rows } = await client.query(tablesQuery)
  const { answer, large } = largeAnswer.parse(rows[0])
  const tables = new Map(answer.map((table) => [calledTable(table), table]))
  const gaps: ScanGap[] = large === 0 ? [] : [{ what: 'pg_largeobject', why: `large-objects ${large}` }]
  return {
    objects: [...tables.keys()],
    gaps,
    look: async (object, options) => {
      const table = tables.get(object)
      return table === undefined ? unseenObject(object, 'gone') : lookAtTable(client, table, options)
    },
  }
}
