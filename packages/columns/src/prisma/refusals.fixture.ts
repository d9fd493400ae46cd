import type { ColumnsErrorCode } from '../errors.ts'
import type { Operation, PrismaPeer } from '../testdata/prisma-peer.ts'

export type Models = 'account' | 'tenant' | 'order' | 'note'
/** The ids of rows that are there. */
export const [kari, ola, eva] = [
  '0190a8f0-0000-7000-8000-000000000001',
  '0190a8f0-0000-7000-8000-000000000002',
  '0190a8f0-0000-7000-8000-000000000003',
]

type Made = { readonly field: (name: string) => unknown; readonly Prisma: PrismaPeer['Prisma'] }
/** What is asked, the code of the refusal, and the query: model, operation, arguments. */
export type Refusal = readonly [
  string,
  ColumnsErrorCode,
  Models,
  Operation,
  object | ((made: Made) => object),
]

const who = { who: { key: kari, tenantId: 'acme' } }
const row = { key: '0190a8f0-0000-7000-8000-000000000004', tenantId: 'acme', email: 'x' }
const value = { where: { tenantId_emailIndex: { tenantId: 'acme', emailIndex: 'x' } } }
const within = (condition: object) => ({ where: { tenantId: 'acme', ...condition } })
const changing = (data: object) => ({ where: who, data })
const changingOrder = (data: object) => ({ where: { id: 1 }, data })

const searches: readonly Refusal[] = [
  [
    'ordering by an encrypted field',
    'not-searchable',
    'account',
    'findMany',
    { orderBy: [{ email: 'asc' }] },
  ],
  [
    'ordering by one of a relation',
    'not-searchable',
    'order',
    'findMany',
    { orderBy: { account: { email: { sort: 'asc' } } } },
  ],
  [
    'ordering by relevance',
    'not-searchable',
    'account',
    'findMany',
    { orderBy: { _relevance: { fields: ['email'], search: 'x', sort: 'asc' } } },
  ],
  [
    'ordering within a relation',
    'not-searchable',
    'tenant',
    'findMany',
    { include: { accounts: { orderBy: { secret: 'asc' } } } },
  ],
  ['grouping by one', 'not-searchable', 'account', 'groupBy', { by: ['secret'] }],
  [
    'grouping that has one',
    'not-searchable',
    'account',
    'groupBy',
    { by: ['visits'], having: { OR: [{ email: 'x' }] } },
  ],
  [
    'grouping that compares with one',
    'not-searchable',
    'account',
    'groupBy',
    ({ field }) => ({ by: ['tenantId'], having: { tenantId: { gt: field('email') } } }),
  ],
  ['the least of one', 'not-searchable', 'account', 'aggregate', { _min: { email: true } }],
  ['counting one', 'not-searchable', 'account', 'count', { select: { email: true } }],
  ['distinct values', 'not-searchable', 'account', 'findMany', { distinct: ['email'] }],
  ['a cursor', 'not-searchable', 'account', 'findMany', { cursor: { ...who, email: 'x' } }],
  [
    'a compound key that has one',
    'not-searchable',
    'account',
    'findUnique',
    { where: { tenantId_email: { tenantId: 'acme', email: 'x' } } },
  ],
  ['searching without an index', 'not-searchable', 'account', 'findMany', within({ secret: 'k' })],
  ['a part of a value', 'not-searchable', 'account', 'findMany', within({ email: { contains: 'kari' } })],
  [
    'a mode',
    'not-searchable',
    'account',
    'findMany',
    within({ email: { equals: 'x', mode: 'insensitive' } }),
  ],
  ['the opposite of equality', 'not-searchable', 'account', 'findMany', within({ email: { not: 'x' } })],
  ['a negation', 'not-searchable', 'account', 'findMany', within({ NOT: [{ email: 'x' }] })],
  [
    'a negation of all rows of a relation',
    'not-searchable',
    'tenant',
    'findMany',
    { where: { accounts: { every: { tenantId: 'acme', email: 'x' } } } },
  ],
  [
    'a negation of the row of a relation',
    'not-searchable',
    'order',
    'findMany',
    { where: { account: { isNot: { tenantId: 'acme', email: 'x' } } } },
  ],
  [
    'a comparison with another field',
    'not-searchable',
    'account',
    'findMany',
    ({ field }) => within({ email: field('tenantId') }),
  ],
  [
    'a comparison from the other field',
    'not-searchable',
    'account',
    'findMany',
    ({ field }) => ({ where: { tenantId: { not: { equals: field('email') } } } }),
  ],
  [
    'a search in a relation that is counted',
    'not-searchable',
    'tenant',
    'findMany',
    { select: { _count: { select: { accounts: within({ email: { gt: 'x' } }) } } } },
  ],
  ['a truncated index', 'index-truncated', 'account', 'findMany', within({ pin: '1' })],
  [
    'a search without the tenant',
    'tenant-needed',
    'account',
    'findMany',
    { where: { OR: [{ tenantId: 'acme' }], email: 'x' } },
  ],
  [
    'a unique search by the value alone',
    'not-translatable',
    'account',
    'findUnique',
    { where: { email: 'x' } },
  ],
  [
    'deleting by more than equality',
    'not-searchable',
    'account',
    'deleteMany',
    within({ email: { startsWith: 'k' } }),
  ],
]

const reads: readonly Refusal[] = [
  [
    'reading without the id',
    'row-id-needed',
    'account',
    'findMany',
    { select: { email: true, tenantId: true } },
  ],
  ['reading without the tenant', 'row-id-needed', 'account', 'findMany', { omit: { tenantId: true } }],
  [
    'reading a relation without the id',
    'row-id-needed',
    'order',
    'findMany',
    { include: { account: { select: { email: true } } } },
  ],
  ['returning without the id', 'row-id-needed', 'account', 'create', { data: row, select: { email: true } }],
  ['an argument that is not known', 'not-translatable', 'account', 'findMany', { search: { email: 'x' } }],
  [
    'one that is not known of a relation',
    'not-translatable',
    'tenant',
    'findMany',
    { include: { accounts: { search: { email: 'x' } } } },
  ],
]

const rows: readonly Refusal[] = [
  ['a row without its id', 'row-id-needed', 'account', 'create', { data: { tenantId: 'acme', email: 'x' } }],
  ['an id that Prisma would make', 'row-id-needed', 'note', 'create', { data: { orderId: 1, text: 'x' } }],
  [
    'a row whose tenant a relation gives',
    'tenant-needed',
    'tenant',
    'update',
    { where: { id: 'acme' }, data: { accounts: { create: { key: row.key, email: 'x' } } } },
  ],
  [
    'a row that names its tenant by a relation',
    'tenant-needed',
    'order',
    'update',
    changingOrder({
      account: {
        connectOrCreate: {
          where: who,
          create: { key: row.key, email: 'x', tenant: { connect: { id: 'acme' } } },
        },
      },
    }),
  ],
  [
    'an update of several rows',
    'row-id-needed',
    'account',
    'updateMany',
    { where: { tenantId: 'acme' }, data: { email: 'x' } },
  ],
  [
    'an update of one row or another',
    'row-id-needed',
    'account',
    'updateMany',
    { where: { tenantId: 'acme', OR: [{ key: kari }] }, data: { email: 'x' } },
  ],
  [
    'an update of rows whose id is alike',
    'row-id-needed',
    'account',
    'updateMany',
    { where: { tenantId: 'acme', key: { equals: kari, mode: 'insensitive' } }, data: { email: 'x' } },
  ],
  [
    'an update of another row',
    'row-id-needed',
    'account',
    'updateMany',
    { where: { tenantId: 'acme', NOT: { key: kari } }, data: { email: 'x' } },
  ],
  [
    'an update without the tenant',
    'tenant-needed',
    'account',
    'updateMany',
    { where: { key: kari }, data: { email: 'x' } },
  ],
  [
    'an update by another unique field',
    'row-id-needed',
    'account',
    'update',
    { ...value, data: { email: 'x' } },
  ],
  [
    'an upsert by another unique field',
    'row-id-needed',
    'account',
    'upsert',
    { ...value, create: row, update: { email: 'x' } },
  ],
  [
    'an update of a relation’s row without its id',
    'row-id-needed',
    'order',
    'update',
    changingOrder({ account: { update: { email: 'x' } } }),
  ],
  [
    'an update of several rows of a relation',
    'row-id-needed',
    'order',
    'update',
    changingOrder({ notes: { updateMany: { where: { orderId: 1 }, data: { text: 'x' } } } }),
  ],
  ['an update of the id', 'not-translatable', 'account', 'update', changing({ key: ola })],
  [
    'an update of the tenant',
    'not-translatable',
    'account',
    'updateMany',
    { where: {}, data: { tenantId: 'globex' } },
  ],
  [
    'an update of the tenant through its relation',
    'not-translatable',
    'account',
    'update',
    changing({ tenant: { connect: { id: 'globex' } } }),
  ],
  [
    'the same from the other side',
    'not-translatable',
    'tenant',
    'update',
    { where: { id: 'globex' }, data: { accounts: { connect: who } } },
  ],
]

const values: readonly Refusal[] = [
  ['data that is no plain object', 'not-translatable', 'account', 'createMany', { data: [[row]] }],
  ['an update of the index', 'not-translatable', 'account', 'update', changing({ emailIndex: 'x' })],
  [
    'an insert that fills the index itself',
    'not-translatable',
    'account',
    'create',
    { data: { ...row, emailIndex: 'x' } },
  ],
  [
    'what may be a document or an operation',
    'not-translatable',
    'account',
    'update',
    changing({ settings: { set: 1 } }),
  ],
  [
    'what may be a field or the changes',
    'not-translatable',
    'order',
    'update',
    changingOrder({ notes: { update: { data: { text: 'x' } } } }),
  ],
  [
    'a nested operation that is not known',
    'not-translatable',
    'order',
    'update',
    changingOrder({ notes: { merge: { text: 'x' } } }),
  ],
  [
    'a symbol of Prisma’s as a document',
    'value-unfit',
    'account',
    'update',
    ({ Prisma }) => changing({ settings: Prisma.DbNull }),
  ],
  [
    'an operation in place of a value',
    'value-unfit',
    'account',
    'update',
    changing({ email: { push: 'x' } }),
  ],
  [
    'a value of another type',
    'value-unfit',
    'account',
    'createMany',
    { data: [row, { ...row, key: ola, email: 1 }] },
  ],
]

export const refusals: readonly Refusal[] = [...searches, ...reads, ...rows, ...values]
