import { contextOf } from '@hevd/scan'
import { z } from 'zod'
import type { Column } from '../columns.ts'
import type { ScanGap } from '../place.ts'

/** What a server is asked before anything is looked at. */
export const serverQuery = `select json_build_object(
    'version', current_setting('server_version_num')::int,
    'role', current_user,
    'databases', (select coalesce(json_agg(datname order by datname), '[]'::json) from pg_catalog.pg_database
      where datallowconn and not datistemplate)) as answer`
export const serverAnswer = z.object({ version: z.int(), role: z.string(), databases: z.array(z.string()) })

/** Every table of a database that is not the server's own, with the columns it has. Nothing is locked. */
export const tablesQuery = `select coalesce(json_agg(json_build_object(
      'oid', c.oid::text, 'schema', n.nspname, 'name', c.relname, 'foreign', c.relkind = 'f',
      'hidden', c.relkind <> 'f' and row_security_active(c.oid), 'enters', has_schema_privilege(n.oid, 'usage'),
      'columns', (select coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', case when t.typtype = 'e' then 'enum' else coalesce(b.typname, t.typname) end,
          'readable', has_column_privilege(c.oid, a.attnum, 'select')) order by a.attnum), '[]'::json)
        from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
        left join pg_catalog.pg_type b on b.oid = t.typbasetype
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) order by n.nspname, c.relname), '[]'::json) as answer,
    (select count(*) from pg_catalog.pg_largeobject_metadata)::int as large
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm', 'f') and c.relpersistence <> 't'
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`
const table = z.object({
  oid: z.string(),
  schema: z.string(),
  name: z.string(),
  foreign: z.boolean(),
  /** Row security would hide rows from the role that asks. */
  hidden: z.boolean(),
  enters: z.boolean(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), readable: z.boolean() })),
})
export const tablesAnswer = z.array(table)
export type Table = z.infer<typeof table>

/** Types that cannot hold what is looked for: of a fixed form of their own, or too short. README.md lists them. */
const harmless = new Set(
  `bool int2 oid float4 float8 date time timetz timestamp timestamptz interval uuid inet cidr macaddr macaddr8 bit varbit
  money point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange daterange int4multirange
  int8multirange nummultirange tsmultirange tstzmultirange datemultirange xid xid8 cid tid pg_lsn enum regclass regproc
  regtype`.split(/\s+/),
)
const numbers = new Set(['int4', 'int8', 'numeric'])

/** Whether a column may hold something: ten digits of an `int4` can be a phone number, and nothing else. */
function mayHold(name: string, type: string): boolean {
  const plain = type.replace(/^_/, '')
  if (plain === 'int4') return contextOf(name).topics.has('phone')
  return !harmless.has(plain)
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

export const calledTable = ({ schema, name }: Table): string => `${schema}.${name}`

/** How a table's columns are read: what is selected, which column each is, and what the role may not read. */
export function readingOf({ schema, name, columns }: Table, longest: number) {
  const wanted = columns.filter((one) => mayHold(one.name, one.type))
  const readable = wanted.filter((one) => one.readable)
  const gaps = wanted
    .filter((one) => !one.readable)
    .map((one): ScanGap => ({ what: `${schema}.${name}.${one.name}`, why: 'no-select' }))
  const selected = readable.map((one) =>
    one.type === 'bytea'
      ? `substring(${quoted(one.name)} from 1 for ${longest})`
      : `left(${quoted(one.name)}::text, ${longest})`,
  )
  return {
    from: `only ${quoted(schema)}.${quoted(name)}`,
    select: selected.join(', '),
    columns: readable.map((one): Column => ({ name: one.name, numeric: numbers.has(one.type) })),
    gaps,
  }
}
