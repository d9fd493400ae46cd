import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { generateClient } from '../testdata/prisma-peer.ts'

const modules = resolve(import.meta.dirname, '../../../../node_modules')
const application = `
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './client.ts'
import type { Columns } from '${resolve(import.meta.dirname, '../columns.ts')}'
import { encryptedPrisma } from '${resolve(import.meta.dirname, 'index.ts')}'
export async function read(columns: Columns) {
  const db = new PrismaClient({ adapter: new PrismaPg({}) }).$extends(encryptedPrisma(columns))
  const row = await db.account.findFirstOrThrow({ where: { tenantId: 'a', email: 'b' }, select: { email: true, tenant: true } })
  const email: string | null = row.email
  const settings = { needs: { settings: true }, compute: (of: { settings: unknown }) => of.settings as { theme: string } | null } as const
  const typed = db.$extends({ result: { account: { settings } } })
  const theme: string | undefined = (await typed.account.findFirst())?.settings?.theme
  await db.$transaction(async (inner) => inner.tenant.findMany())
  await db.account.findFirst({ where: { nothing: 1 } })
  return [email, theme, row.tenant.id, row.secret]
}
`

test('the extended client keeps its types, and so refuses what is no field or was not selected', async () => {
  const folder = await generateClient()
  const compilerOptions = {
    target: 'esnext',
    module: 'preserve',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: ['node'],
    typeRoots: [join(modules, '@types')],
  }
  writeFileSync(join(folder, 'application.ts'), application)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['application.ts'] }))
  const { stdout } = spawnSync(join(modules, '.bin/tsc'), ['-p', folder], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  const errors = stdout.split('\n').filter((line) => /^\S+: error/.test(line))
  expect(errors).toEqual([
    expect.stringContaining("'nothing' does not exist in type 'AccountWhereInput"),
    expect.stringContaining("'secret' does not exist on type"),
  ])
})
