import type { Ground } from './host.ts'
import { savedFilter, savedRules } from './iptables/filter.ts'
import { readSave, type Saved } from './iptables/save.ts'
import type { Filter, Rule } from './model.ts'
import { nftFilter } from './nft/filter.ts'
import { type NftTable, readTables } from './nft/tables.ts'

/** All that a host's kernel filters by, as its own tools print it. */
export type RuleSets = {
  /** The parsed JSON of `nft -j list ruleset`; null where there is no nft. */
  readonly nft: unknown
  /** What every iptables-save and ip6tables-save printed, of nft's and the legacy variant, in any order. */
  readonly saves: readonly string[]
}

/**
 * The whole filter for one family. A table of iptables-nft stands in nftables too; where nft cannot print its matches,
 * the saved text takes its place, so that no rule counts twice. Throws ReachError for what is no rule set.
 */
export function filterOf({ nft, saves }: RuleSets, ground: Ground): Filter {
  const saved = saves.map(readSave).filter((one): one is Saved => one?.family === ground.family)
  const tables = nft === null ? [] : readTables(nft)
  const own = nftFilter(tables, ground, insteadOf(saved, ground))
  // Without nft what iptables-nft printed is all that is known of its tables.
  const apart = (['legacy', ...(nft === null ? (['nft'] as const) : [])] as const).flatMap(
    (variant) => saved.find((one) => one.variant === variant) ?? [],
  )
  const others = apart.map((one) => savedFilter(one, ground))
  return {
    chains: new Map([...own.chains, ...others.flatMap(({ chains }) => [...chains])]),
    hooked: [...own.hooked, ...others.flatMap(({ hooked }) => hooked)],
  }
}

function insteadOf(saved: readonly Saved[], ground: Ground) {
  const printed = saved.find(({ variant }) => variant === 'nft')
  const family = ground.family === 'ipv4' ? 'ip' : 'ip6'
  return (table: NftTable, chain: string): readonly Rule[] | null => {
    const same = table.family === family ? printed?.tables.get(table.name) : undefined
    if (same?.chains.has(chain) !== true || !isOpaque(table)) return null
    return savedRules(same, chain, (name) => `${table.family} ${table.name} ${name}`, ground)
  }
}

/** Whether nft could not print some rule of the table in its own words. */
function isOpaque(table: NftTable): boolean {
  return [...table.chains.values()].some(({ rules }) =>
    rules.some((rule) => rule.some((part) => typeof part === 'object' && part !== null && 'xt' in part)),
  )
}
