import type { Collector } from '../collector.ts'

/**
 * Collectors by name, each from the file of its name. A process that is started for one look loads these alone: all of
 * them take twice as long to load as most looks take. Throws where a file has no such collector.
 */
export function collectorsNamed(names: readonly string[]): Promise<Collector[]> {
  return Promise.all(
    names.map(async (name) => {
      const module: Readonly<Record<string, unknown>> = await import(`../collectors/${name}.ts`)
      const found = Object.values(module).find(
        (one): one is Collector => isCollector(one) && one.name === name,
      )
      if (found === undefined) throw new RangeError(`There is no collector ${name}`)
      return found
    }),
  )
}

function isCollector(one: unknown): one is Collector {
  return typeof one === 'object' && one !== null && 'collect' in one && 'name' in one
}
