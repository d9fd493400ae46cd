import { type ClosedPlace, type OpenPlace, unseenObject, whyOf } from '../place.ts'
import { databasesOf, tablesOf } from './catalogue.ts'
import { openSession, placeOfUrl, type Session } from './session.ts'
import { lookAtTable } from './table.ts'

/** The databases of a MySQL or MariaDB server: the one that the URL names, or all that the account sees. */
export async function* openMysql(url: string): AsyncGenerator<OpenPlace | ClosedPlace> {
  const { server, database: named, options } = placeOfUrl(url)
  const about = (database: string) => ({
    kind: 'mysql' as const,
    name: `${server}/${database}`,
    local: database,
    unit: 'rows' as const,
  })
  let session: Session
  try {
    session = await openSession(options)
  } catch (error) {
    yield { ...about(named === '' ? '*' : named), why: whyOf(error) }
    return
  }
  try {
    for (const database of await databasesOf(session)) {
      if (named !== '' && database !== named) {
        yield { ...about(database), why: 'other-database' }
        continue
      }
      const tables = new Map((await tablesOf(session, database)).map((table) => [table.name, table]))
      yield {
        ...about(database),
        objects: [...tables.keys()],
        gaps: [],
        look: async (object, scanning) => {
          const table = tables.get(object)
          return table === undefined ? unseenObject(object, 'gone') : lookAtTable(session, table, scanning)
        },
      }
    }
  } catch (error) {
    yield { ...about(named === '' ? '*' : named), why: whyOf(error) }
  } finally {
    await session.end()
  }
}
