import pg from 'pg'
import { condition, encryptedPg } from '../pg/index.ts'
import type { Adapter, Person } from './people.fixture.ts'

const all = 'id, name, email, salary, active, serial, born, notes, photo'

export const pgAdapter: Adapter = {
  name: 'pg',
  async open(url, columns) {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    const db = await encryptedPg(pool, columns)
    const people = (rows: readonly Record<string, unknown>[]) => rows as readonly Person[]
    return {
      insert: (person) => db.insert('person', person),
      insertWithoutId: (name, email) => db.insert('person', { name, email }),
      async byId(id) {
        const { rows } = await db.query(`select ${all} from person where id = $1`, [id])
        return people(rows)[0]
      },
      async byEmail(email) {
        const { text, values } = condition(columns.tables.person.find('email', email), 1)
        const { rows } = await db.query(`select ${all} from person where ${text}`, values)
        return people(rows)
      },
      async update(id, changes) {
        await db.update('person', { id, ...changes })
      },
      emails: async () => (await db.query('select email from person')).rows,
      close: () => pool.end(),
    }
  },
}
