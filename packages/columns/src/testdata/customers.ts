import type { Tables } from '../declare.ts'

/** A table that was there before its columns were encrypted, of two tenants, with a key of two parts. */
export const customerSchema = `create table customer (
  region text not null,
  nr bigint not null,
  tenant text not null,
  email text,
  email_index text unique,
  email_index_2 text unique,
  api_key text,
  note text,
  primary key (region, nr)
)`

export const customers = {
  customer: {
    id: ['region', 'nr'],
    tenant: 'tenant',
    columns: {
      email: {
        type: 'string',
        index: { column: 'email_index', rotateInto: 'email_index_2', normalise: 'caseless' },
      },
      api_key: { type: 'string' },
    },
  },
} as const satisfies Tables
export type Customers = typeof customers

export const fillCustomers = (
  count: number,
) => `insert into customer (region, nr, tenant, email, api_key, note)
  select case when n % 3 = 0 then 'Østlandet' else 'vest' end, n, case when n % 2 = 0 then 'acme' else 'globex' end,
    case when n % 10 = 7 then null else 'kunde' || n || '@example.no' end, 'key-' || n, 'note ' || n
  from generate_series(1, ${count}) as n`
