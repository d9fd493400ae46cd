import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { encryptedBytea, encryptedDrizzle, encryptedText } from '../drizzle/index.ts'
import type { Adapter } from './people.fixture.ts'

export const person = pgTable('person', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: encryptedText<string>('email'),
  emailIndex: text('email_index').unique(),
  salary: encryptedText<number>('salary'),
  active: encryptedText<boolean>('active'),
  serial: encryptedText<bigint>('serial'),
  born: encryptedText<Date>('born'),
  notes: encryptedText<unknown>('notes'),
  photo: encryptedBytea<Uint8Array>('photo'),
})
const { id, name, email, salary, active, serial, born, notes, photo } = person
const all = { id, name, email, salary, active, serial, born, notes, photo }

export const drizzleAdapter: Adapter = {
  name: 'Drizzle',
  async open(url, columns) {
    const pool = new pg.Pool({ connectionString: url, max: 2 })
    pool.on('error', () => {})
    const db = drizzle({ client: pool })
    const box = encryptedDrizzle(columns)
    return {
      async insert(given) {
        await db.insert(person).values(box.seal(person, given))
      },
      async insertWithoutId(name, email) {
        await db.insert(person).values(box.seal(person, { name, email } as never))
      },
      async byId(id) {
        const rows = await db.select(all).from(person).where(eq(person.id, id))
        return (await box.open(person, rows))[0]
      },
      async byEmail(email) {
        return box.open(person, await db.select(all).from(person).where(box.equals(person.email, email)))
      },
      async update(id, changes) {
        await db
          .update(person)
          .set(box.sealChanges(person, { id, ...changes }))
          .where(eq(person.id, id))
      },
      emails: async () => box.open(person, await db.select({ email: person.email }).from(person)),
      close: () => pool.end(),
    }
  },
}
