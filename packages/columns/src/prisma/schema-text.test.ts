import { expect, test } from 'vitest'
import { readModelText } from './schema-text.ts'

const schema = `
// model Account { id Int @default(1) }
model AccountNote { id Int @id @default(autoincrement()) @@schema("other") }
/* model Account {
  id Int @default(2)
} */
model Account {
  id     String @map("{id}") // @default("x")
  region String @default("a ) } \\" [") /// @relation(fields: [nothing])
  owner  User   @relation("owner", fields: [ownerId,region], references: [id, region], onDelete: Cascade)
  backup User?  @relation(
    name: "of (backup)",
    fields: [
      backupId
    ],
    references: [id]
  )
  users  User[]
  @@id([id, region])
  @@map("accounts")
  @@schema("shop")
}
view Latest {
  id Int
}
`

test('the words of a model say what the client does not keep', () => {
  expect(readModelText(schema, 'Account')).toEqual({
    schema: 'shop',
    keys: new Map([
      ['owner', ['ownerId', 'region']],
      ['backup', ['backupId']],
    ]),
    defaults: new Set(['region']),
  })
  expect(readModelText(schema, 'Latest')).toEqual({ schema: undefined, keys: new Map(), defaults: new Set() })
  expect(readModelText(schema, 'Nothing')).toBeUndefined()
})
