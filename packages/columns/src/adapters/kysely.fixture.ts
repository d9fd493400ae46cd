import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { encryptedKysely } from '../kysely/index.ts'
import type { Adapter, Person } from './people.fixture.ts'

export type Database = { person: Person & { readonly email_index?: string | null } }
const all = ['id', 'name', 'email', 'salary', 'active', 'serial', 'born', 'notes', 'photo'] as const

export const kyselyAdapter: Adapter = {
  name: 'Kysely',
  async open(url, columns) {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    const db = new Kysely<Database>({
      dialect: new PostgresDialect({ pool }),
      plugins: [encryptedKysely(columns)],
    })
    return {
      async insert(person) {
        await db.insertInto('person').values(person).execute()
      },
      async insertWithoutId(name, email) {
        await db
          .insertInto('person')
          .values({ name, email } as Person)
          .execute()
      },
      byId: (id) => db.selectFrom('person').select(all).where('id', '=', id).executeTakeFirst(),
      byEmail: (email) => db.selectFrom('person').select(all).where('email', '=', email).execute(),
      async update(id, changes) {
        await db.updateTable('person').set(changes).where('id', '=', id).execute()
      },
      emails: () => db.selectFrom('person').select('email').execute(),
      close: () => db.destroy(),
    }
  },
}
