import { ReachError } from '../errors.ts'
import { asObject, asText, isList, type Json, type JsonObject } from './json.ts'

export type NftChain = {
  readonly name: string
  readonly rules: Json[][]
  /** Null for a chain that only rules lead to. */
  readonly base: {
    readonly kind: string
    readonly hook: string
    readonly priority: number
    readonly policy: string
    /** Devices of an ingress chain; null when they are not printed. */
    readonly devices: readonly string[] | null
  } | null
}
export type NftTable = {
  readonly family: string
  readonly name: string
  /** `dormant`: its chains are not asked. `unclear`: it has flags that this version of nft prints wrongly. */
  readonly state: 'active' | 'dormant' | 'unclear'
  readonly chains: Map<string, NftChain>
  /** Sets and maps by name, with their elements. */
  readonly sets: Map<string, readonly Json[]>
}

/** The tables of `nft -j list ruleset`. Throws ReachError for anything else. */
export function readTables(printed: unknown): NftTable[] {
  const { nftables: list } = asObject(isJson(printed) ? printed : null) ?? {}
  if (!isList(list)) throw new ReachError('not-a-rule-set', 'there is no list "nftables"')
  const tables = new Map<string, NftTable>()
  const tableOf = (object: JsonObject) => tables.get(`${object.family} ${object.table}`)
  for (const entry of list) {
    const { table, chain, rule, set, map } = members(entry)
    if (table !== null) {
      const [family, name] = [String(table.family), String(table.name)]
      tables.set(`${family} ${name}`, {
        family,
        name,
        state: stateOf(table.flags),
        chains: new Map(),
        sets: new Map(),
      })
    }
    if (chain !== null) tableOf(chain)?.chains.set(String(chain.name), chainOf(chain))
    const elements = set ?? map
    if (elements !== null) {
      const { elem } = elements
      tableOf(elements)?.sets.set(String(elements.name), isList(elem) ? elem : [])
    }
    if (rule !== null) {
      const { expr } = rule
      const rules = tableOf(rule)?.chains.get(String(rule.chain))?.rules
      if (rules === undefined || !isList(expr))
        throw new ReachError('not-a-rule-set', 'a rule without its chain')
      rules.push([...expr])
    }
  }
  return [...tables.values()]
}

function isJson(value: unknown): value is Json {
  return value === null || ['boolean', 'number', 'string', 'object'].includes(typeof value)
}

function members(entry: Json) {
  const object = asObject(entry) ?? {}
  const of = (name: string) => asObject(object[name])
  return { table: of('table'), chain: of('chain'), rule: of('rule'), set: of('set'), map: of('map') }
}

/** Version 1.0.6 prints the table's family in place of the flag's name. */
function stateOf(flags: Json | undefined): NftTable['state'] {
  if (flags === undefined) return 'active'
  const list = isList(flags) ? flags : [flags]
  if (list.includes('dormant')) return 'dormant'
  return list.every((flag) => flag === 'owner' || flag === 'persist') ? 'active' : 'unclear'
}

function chainOf(chain: JsonObject): NftChain {
  const name = String(chain.name)
  const hook = asText(chain.hook)
  if (hook === null) return { name, rules: [], base: null }
  const devices = chain.devices ?? chain.dev
  return {
    name,
    rules: [],
    base: {
      kind: asText(chain.type) ?? 'filter',
      hook,
      priority: Number(chain.prio ?? 0),
      policy: asText(chain.policy) ?? 'accept',
      devices: devices === undefined ? null : isList(devices) ? devices.map(String) : [String(devices)],
    },
  }
}
