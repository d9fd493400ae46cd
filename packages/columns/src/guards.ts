import { quoted, quotedTable } from './database.ts'
import { readTables, type Tables } from './declare.ts'
import { textPrefix } from './envelope/envelope.ts'

/**
 * Statements that have the database itself refuse plain text in encrypted columns, whoever writes it: raw SQL, an old
 * release, a console. For a migration of yours; add them once `encryptTable` has finished.
 */
export function guardStatements(tables: Tables): string[] {
  return readTables(tables).flatMap((table) =>
    table.columns.map(({ name, storage }) => {
      const column = quoted(name)
      const check =
        storage === 'text'
          ? `${column} like '${textPrefix.replaceAll('_', '\\_')}%'`
          : `substring(${column} from 1 for 4) = '\\x68766301'::bytea`
      const constraint = quoted(`${table.name.split('.').at(-1)}_${name}_encrypted`)
      return `alter table ${quotedTable(table.name)} add constraint ${constraint} check (${check})`
    }),
  )
}
