import type { Queryable } from '@hevd/columns'

/** The keyring's table in memory: what is measured comes after the keys were read. */
export function keyTable(): Queryable {
  const keys: Record<string, unknown>[] = []
  return {
    async query(text, values = []) {
      if (text.startsWith('insert into hevd_column_keys')) {
        const [scope, purpose, version, wrapped, shape] = values
        const key = { scope, purpose, version, wrapped, shape, age: 0, complete: true, refused: false }
        keys.push(key)
        return { rows: [key] }
      }
      return { rows: text.startsWith('select scope') ? keys : [] }
    },
  }
}
