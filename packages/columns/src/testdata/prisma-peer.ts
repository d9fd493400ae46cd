import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * A real Prisma, in a folder of its own: it is large, and only the tests of its adapter need it. `npm test` installs it
 * there. Instead of the whole command line the generator that `prisma generate` calls is there: half the size, and it
 * fetches nothing.
 */
const folder = join(import.meta.dirname, 'prisma')
const load = createRequire(join(folder, 'package.json'))

/** What the tests use of the generated client, whose types are not there when ours are checked. */
export type Delegate = Record<Operation, (args?: object) => Query>
export type Operation =
  | 'findUnique'
  | 'findFirst'
  | 'findMany'
  | 'create'
  | 'createMany'
  | 'createManyAndReturn'
  | 'update'
  | 'updateMany'
  | 'updateManyAndReturn'
  | 'upsert'
  | 'delete'
  | 'deleteMany'
  | 'count'
  | 'aggregate'
  | 'groupBy'
/** Sent when it is awaited; of one row, its relations can be called. */
export type Query = PromiseLike<unknown> & { readonly [relation in Relation]: (args?: object) => Query }
type Relation = 'account' | 'accounts' | 'orders'
export type Client<M extends string> = { readonly [model in M]: Delegate } & {
  $extends(extension: unknown): Client<M>
  $transaction<T>(work: (client: Client<M>) => Promise<T>): Promise<T>
  $transaction(queries: readonly PromiseLike<unknown>[]): Promise<unknown[]>
  $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown>
  $disconnect(): Promise<void>
}
export type PrismaPeer = {
  /** A client over a pool of its own. `options` go to its constructor. */
  open<M extends string>(url: string, options?: object): Client<M>
  readonly Prisma: Generated['Prisma']
}

type Generator = new () => { generate(options: object): Promise<void> }
type Generated = {
  readonly PrismaClient: new (options: object) => unknown
  readonly Prisma: { readonly skip: unknown; readonly DbNull: unknown }
}

/** The client of `prisma/schema.prisma`, generated and loaded. */
export async function prismaPeer(): Promise<PrismaPeer> {
  const output = await generateClient()
  const { PrismaClient, Prisma }: Generated = await import(join(output, 'client.ts'))
  rmSync(output, { recursive: true })
  const { PrismaPg } = load('@prisma/adapter-pg') as { PrismaPg: new (pool: object) => unknown }
  return {
    open: <M extends string>(url: string, options: object = {}) =>
      new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 2 }), ...options }) as Client<M>,
    Prisma,
  }
}

/** As `prisma generate` does it; into a folder of its own that git, types and lint pass over. Returns its path. */
export async function generateClient(): Promise<string> {
  if (!existsSync(join(folder, 'node_modules')))
    throw new Error(`Prisma is not installed. Run npm test, or npm ci --ignore-scripts in ${folder}`)
  const { PrismaClientTsGenerator } = load('@prisma/client-generator-ts') as {
    PrismaClientTsGenerator: Generator
  }
  const { getDMMF } = load('@prisma/get-dmmf') as { getDMMF(options: object): object }
  const { version } = load('@prisma/client/package.json') as { version: string }
  mkdirSync(join(folder, 'dist'), { recursive: true })
  const output = mkdtempSync(join(folder, 'dist', 'client-'))
  const schemaPath = join(folder, 'schema.prisma')
  const datamodel = readFileSync(schemaPath, 'utf8')
  await new PrismaClientTsGenerator().generate({
    generator: {
      name: 'client',
      provider: { value: 'prisma-client', fromEnvVar: null },
      output: { value: output, fromEnvVar: null },
      config: { importFileExtension: 'ts', runtime: 'nodejs', moduleFormat: 'esm' },
      binaryTargets: [],
      previewFeatures: [],
      sourceFilePath: schemaPath,
    },
    otherGenerators: [],
    schemaPath,
    dmmf: getDMMF({ datamodel }),
    datasources: [{ name: 'db', provider: 'postgresql', activeProvider: 'postgresql', schemas: [] }],
    datamodel,
    version,
  })
  return output
}
