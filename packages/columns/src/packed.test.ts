import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The package as others get it: packed, installed from the tarball, compiled against and run. */
const root = resolve(import.meta.dirname, '../../..')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-packed-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(command: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`)
  return stdout
}

/** The README's first example, as it stands there, with what it takes for granted. */
const example = () => `
import { localKeyFile, makeKeyFile, openColumns, prepareColumns, type Queryable } from '@hevd/columns'
import { database } from './application.js'
const pool: Queryable = database
const id = 7
const row = { id, email: null }
${readFileSync(join(root, 'packages/columns/README.md'), 'utf8')
  .split('```ts\n')[1]
  ?.split('```')[0]
  ?.replace('/etc/shop/columns.key', 'root.key')}
console.log(customer.seal({ id, name: 'Kari', email: 'Kari@example.no' }).email, typeof makeKeyFile)
`

const application = `
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { ColumnsError, localKeyFile, makeKeyFile, openColumns, prepareColumns, type Queryable } from '@hevd/columns'
import { encryptedDrizzle, encryptedText } from '@hevd/columns/drizzle'
import { encryptedKysely } from '@hevd/columns/kysely'
import { condition, encryptedPg } from '@hevd/columns/pg'
import { encryptedPrisma } from '@hevd/columns/prisma'

const keys: Record<string, unknown>[] = []
export const database: Queryable = {
  async query(text, values = []) {
    if (text.startsWith('insert')) {
      const [scope, purpose, version, wrapped, shape] = values
      keys.push({ scope, purpose, version, wrapped, shape, age: 0, complete: true, refused: false })
    }
    return { rows: text.startsWith('create') ? [] : keys }
  },
}
const tables = {
  customer: { id: 'id', columns: { email: { type: 'string', index: { column: 'email_index', normalise: 'caseless' } }, age: { type: 'number' } } },
} as const
await makeKeyFile('root.key')
const keyring = { database, provider: localKeyFile('root.key'), tables }
await prepareColumns(keyring)
const columns = await openColumns(keyring)
const { customer } = columns.tables
const sealed = customer.seal({ id: 7, email: 'kari@example.no', age: 40 })
const opened = customer.open({ id: 7, email: sealed.email, age: sealed.age })
const email: string | null = opened.email
const age: number | null = opened.age
type Sealable = NonNullable<Parameters<typeof customer.seal>[0]['age']>
const onlyNumbers: Sealable extends number ? true : false = true
try {
  customer.open({ ...sealed, id: 8 })
} catch (error) {
  console.log(email, age, onlyNumbers, error instanceof ColumnsError ? error.code : error)
}
export const pool = new pg.Pool()
export const db = new Kysely<{ customer: { id: number } }>({ dialect: new PostgresDialect({ pool }), plugins: [encryptedKysely(columns)] })
export const adapters = [encryptedPg, condition, encryptedDrizzle(columns), encryptedText<string>('email'), encryptedPrisma(columns)]
`

test('the tarball installs without a network or a dependency, compiles against its types, and runs', () => {
  const tarball = run(process.execPath, [join(root, 'checks/pack.ts'), 'packages/columns', folder]).trim()
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'application', private: true, type: 'module' }),
  )
  run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', tarball])
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['@hevd'])
  const names = run('tar', ['-tzf', tarball]).split('\n')
  expect(names).toEqual(
    expect.arrayContaining(['package/README.md', 'package/LICENSE', 'package/dist/kysely/index.d.ts']),
  )
  expect(names.filter((name) => /test|fixture|\.ts$/.test(name) && !name.endsWith('.d.ts'))).toEqual([])
  for (const peer of ['kysely', 'pg', 'drizzle-orm', '@types/node', '@types/pg', 'pg-types', 'pg-protocol']) {
    mkdirSync(dirname(join(folder, 'node_modules', peer)), { recursive: true })
    symlinkSync(join(root, 'node_modules', peer), join(folder, 'node_modules', peer))
  }
  writeFileSync(join(folder, 'application.ts'), application)
  writeFileSync(join(folder, 'example.ts'), example())
  const compilerOptions = {
    target: 'esnext',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
    skipLibCheck: true,
  }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['application.ts', 'example.ts'] }),
  )
  run(join(root, 'node_modules/.bin/tsc'), [])
  expect(run(process.execPath, ['application.js'])).toBe('kari@example.no 40 true not-authentic\n')
  rmSync(join(folder, 'root.key'))
  expect(run(process.execPath, ['example.js'])).toMatch(/\nhevd:c1:1:[\w-]+ function\n$/)
})
