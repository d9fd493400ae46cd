import { encryptedPrisma } from '../prisma/index.ts'
import { type PrismaPeer, prismaPeer } from '../testdata/prisma-peer.ts'
import type { Adapter, Person } from './people.fixture.ts'

const fields = ['id', 'name', 'email', 'salary', 'active', 'serial', 'born', 'notes', 'photo']
const select = Object.fromEntries(fields.map((field) => [field, true]))
let generated: Promise<PrismaPeer> | undefined

export const prismaAdapter: Adapter = {
  name: 'Prisma',
  async open(url, columns) {
    generated ??= prismaPeer()
    const client = (await generated).open<'person'>(url)
    const { person } = client.$extends(encryptedPrisma(columns))
    return {
      async insert(data) {
        await person.create({ data, select: { id: true } })
      },
      async insertWithoutId(name, email) {
        await person.create({ data: { name, email } })
      },
      byId: async (id) =>
        ((await person.findUnique({ where: { id }, select })) ?? undefined) as Person | undefined,
      byEmail: async (email) => (await person.findMany({ where: { email }, select })) as Person[],
      async update(id, data) {
        await person.update({ where: { id }, data })
      },
      emails: async () => person.findMany({ select: { email: true } }),
      close: () => client.$disconnect(),
    }
  },
}
