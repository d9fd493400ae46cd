import type { Ground } from '../host.ts'
import { always, any, type Condition, type Hooked, not, type Rule, within } from '../model.ts'
import { asObject, asText, type Json, only } from './json.ts'
import { type RuleReading, ruleOf } from './statements.ts'
import type { NftChain, NftTable } from './tables.ts'

/** Chains of nftables for packets of the ground's family, with the names of all chains made unique. */
export type NftFilter = {
  readonly chains: ReadonlyMap<string, readonly Rule[]>
  readonly hooked: readonly Hooked[]
}

/**
 * @param instead rules of a table's chain where they are known in a better form than nft prints; null where not
 */
export function nftFilter(
  tables: readonly NftTable[],
  ground: Ground,
  instead: (table: NftTable, chain: string) => readonly Rule[] | null,
): NftFilter {
  const chains = new Map<string, readonly Rule[]>()
  const hooked: Hooked[] = []
  for (const table of tables.filter((one) => one.state !== 'dormant' && concerns(one, ground))) {
    const reading = readingOf(table, ground)
    for (const chain of table.chains.values()) {
      chains.set(
        reading.chain(chain.name),
        instead(table, chain.name) ?? chain.rules.map((rule) => ruleOf(rule, reading)),
      )
      const hung = hookedAt(table, chain, reading)
      if (hung !== null) hooked.push(hung)
    }
  }
  return { chains, hooked }
}

function concerns(table: NftTable, ground: Ground): boolean {
  const own = ground.family === 'ipv4' ? 'ip' : 'ip6'
  return [own, 'inet', 'netdev', 'bridge'].includes(table.family)
}

function readingOf(table: NftTable, ground: Ground): RuleReading {
  const changing = changedByPackets(table)
  const name = `${table.family} ${table.name}`
  let occurrences = 0
  return {
    ground,
    chain: (chain) => `${name} ${chain}`,
    elements: (set) => (changing.has(set) ? null : (table.sets.get(set) ?? null)),
    occurrence: () => {
      occurrences += 1
      return `${name} #${occurrences}`
    },
  }
}

/** Sets that rules themselves add to or take from, as in port knocking. */
function changedByPackets(table: NftTable): ReadonlySet<string> {
  const rules = [...table.chains.values()].flatMap(({ rules }) => rules.flat())
  return new Set(
    rules.flatMap((expression) => {
      const [kind, content] = only(expression) ?? ['', null]
      const set = kind === 'set' || kind === 'map' ? setOf(content) : null
      return set === null ? [] : [set]
    }),
  )
}

function setOf(content: Json): string | null {
  const about = asObject(content) ?? {}
  return (asText(about.set) ?? asText(about.map))?.replace(/^@/, '') ?? null
}

function hookedAt(table: NftTable, { name, base }: NftChain, reading: RuleReading): Hooked | null {
  if (base === null) return null
  const { hook, kind } = base
  if (hook !== 'ingress' && hook !== 'prerouting' && hook !== 'input') return null
  if (kind !== 'filter' && kind !== 'nat') return null
  return {
    chain: reading.chain(name),
    kind,
    // A bridge hands a frame up only after its own tables have let it pass.
    hook: table.family === 'bridge' ? 'ingress' : hook,
    priority: base.priority,
    policy: base.policy === 'drop' ? 'drop' : 'accept',
    applies: applies(table, hook === 'ingress' ? base.devices : undefined, reading),
  }
}

function applies(
  table: NftTable,
  devices: readonly string[] | null | undefined,
  { ground, occurrence }: RuleReading,
): Condition {
  const unclear: Condition = {
    is: 'free',
    name: `table ${table.name}`,
    key: `table ${table.family} ${table.name}`,
  }
  const where: Condition =
    table.family === 'bridge'
      ? within(
          'iif',
          ground.places((one) => one.isBridge),
        )
      : devices === undefined
        ? always
        : devices === null
          ? { is: 'free', name: 'ingress device', key: `ingress device ${occurrence()}` }
          : any(...devices.map((device) => within('iif', ground.named(device, '*'))))
  return table.state === 'unclear' ? not(any(not(where), not(unclear))) : where
}
