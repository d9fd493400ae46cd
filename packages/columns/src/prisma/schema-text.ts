/**
 * What a Prisma client does not keep of its schema but in the schema's own words: the fields that hold a relation's key,
 * which fields have a default, and the schema of the database that a model's table is in.
 */
export type ModelText = {
  readonly schema: string | undefined
  /** By the field of a relation that holds its key: the fields that the key is made of. */
  readonly keys: ReadonlyMap<string, readonly string[]>
  readonly defaults: ReadonlySet<string>
}

/** Strings and comments (https://www.prisma.io/docs/orm/reference/prisma-schema-reference). */
const QUOTED = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

/** The words of one model, or undefined where the schema has none of that name. */
export function readModelText(schema: string, model: string): ModelText | undefined {
  // Without comments, and no bracket that is left is within a string.
  const bare = schema.replaceAll(QUOTED, (found) =>
    found.startsWith('"') ? found.replaceAll(/[{}()[\]]/g, '_') : '',
  )
  const block = new RegExp(`^[ \\t]*(?:model|view)\\s+${model}\\s*\\{([^}]*)\\}`, 'm').exec(bare)?.[1]
  if (block === undefined) return undefined
  const keys = new Map<string, readonly string[]>()
  const defaults = new Set<string>()
  for (const line of declarations(block)) {
    const name = /^\w+/.exec(line)?.[0]
    if (name === undefined) continue
    const fields = /@relation\s*\([^)]*\bfields\s*:\s*\[([^\]]*)\]/.exec(line)?.[1]
    if (fields !== undefined)
      keys.set(
        name,
        fields.split(',').map((field) => field.trim()),
      )
    if (/@default\b/.test(line)) defaults.add(name)
  }
  return { schema: /^[ \t]*@@schema\s*\(\s*(?:map\s*:\s*)?"([^"]*)"/m.exec(block)?.[1], keys, defaults }
}

/** Lines, joined where a bracket is open at their end. */
function declarations(block: string): string[] {
  const joined: string[] = []
  let depth = 0
  for (const line of block.split('\n')) {
    if (depth > 0) joined.push(`${joined.pop() ?? ''} ${line.trim()}`)
    else joined.push(line.trim())
    depth += (line.match(/[([]/g)?.length ?? 0) - (line.match(/[)\]]/g)?.length ?? 0)
  }
  return joined
}
