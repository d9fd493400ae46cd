import { type Lookup, lookupKey } from '@hevd/core'
import { accessGrants, accountOwners, dataSets, namedServices, people, recipientHolders } from '@hevd/facts'

/** What stands where something of an erased person stood. */
export const erasedWord = 'erased'

/** Whom to forget, as every module that holds something of them is told. */
export type Erased = {
  /** Id in the register of people; null where only accounts are forgotten. */
  readonly person: string | null
  /** What they are called: the full name, e-mail addresses, user names. Found anywhere in text, as whole words. */
  readonly names: readonly string[]
  /** Keys of accounts (`<host>/<account>`) that were theirs and are no more. */
  readonly accounts: readonly string[]
}

/** Whole words: no letter or digit before or after, so that Kari Nord is not found in Kari Nordmann. */
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/\s+/g, '\\s+')

/** The names as a regular expression of PostgreSQL, for `~*`; also as they stand inside JSON. Null without names. */
export function namePattern({ names }: Pick<Erased, 'names'>): string | null {
  const forms = names.flatMap((name) => [name, JSON.stringify(name).slice(1, -1)])
  if (forms.length === 0) return null
  return `(?<![[:alnum:]])(${[...new Set(forms)].map(escaped).join('|')})(?![[:alnum:]])`
}

/** The same for text in memory. */
function nameWords({ names }: Pick<Erased, 'names'>): RegExp | null {
  if (names.length === 0) return null
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
}

/** The look-ups by which facts are found that name the person, as keys (`type|by|value`). */
export function lookupsOf({ person }: Pick<Erased, 'person'>): ReadonlySet<string> {
  if (person === null) return new Set()
  const lookups: readonly Lookup[] = [
    people.byKey(person),
    people.sponsoredBy(person),
    namedServices.ownedBy(person),
    accountOwners.ofOwner(`person/${person}`),
    accessGrants.ofHolder(`person/${person}`),
    dataSets.ownedBy(person),
    recipientHolders.ofHolder(`person/${person}`),
  ]
  return new Set(lookups.map(lookupKey))
}

/** Where a value of a register has a person's id. */
const personIn: { readonly [type: string]: (value: Members) => readonly unknown[] } = {
  [people.name]: ({ id, sponsor }) => [id, sponsor],
  [namedServices.name]: ({ owner }) => [owner],
  [accountOwners.name]: ({ owner }) => [personOf(owner)],
  [accessGrants.name]: ({ holder, approvedBy }) => [personOf(holder), approvedBy],
  [dataSets.name]: ({ owner }) => [owner],
  [recipientHolders.name]: ({ holder }) => [personOf(holder)],
}

type Members = { readonly [member: string]: unknown }
const members = (value: unknown): Members => (typeof value === 'object' && value !== null ? { ...value } : {})

function personOf(holder: unknown): unknown {
  const { kind, id } = members(holder)
  return kind === 'person' ? id : undefined
}

/** Whether a fact says something of the person, or of an account of theirs that is no more. */
export function saysOf(erased: Erased): (type: string, value: unknown) => boolean {
  const words = nameWords(erased)
  const accounts = new Set(erased.accounts)
  const named = (text: string) => accounts.has(text) || (words !== null && text.search(words) >= 0)
  return (type, value) => {
    if (erased.person !== null && personIn[type]?.(members(value)).includes(erased.person)) return true
    const { host, server } = members(value)
    const place = typeof host === 'string' ? host : server
    const own = (text: string) =>
      named(text) || (typeof place === 'string' && accounts.has(`${place}/${text}`))
    return anyText(value, own)
  }
}

function anyText(value: unknown, is: (text: string) => boolean): boolean {
  if (typeof value === 'string') return is(value)
  return typeof value === 'object' && value !== null && Object.values(value).some((part) => anyText(part, is))
}

/**
 * The value with what names the person taken out of its texts: names as whole words wherever they stand, ids and accounts
 * where they are the whole text. `ids` is for values that are known to speak of the person: an employee number may
 * as well be a port.
 */
export function scrubbed(value: unknown, erased: Erased, { ids }: { readonly ids: boolean }): unknown {
  const words = nameWords(erased)
  const whole = new Set(
    ids && erased.person !== null
      ? [erased.person, `person/${erased.person}`, ...loginsOf(erased)]
      : loginsOf(erased),
  )
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string')
      return whole.has(part) ? erasedWord : words === null ? part : part.replace(words, erasedWord)
    if (Array.isArray(part)) return part.map(clean)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, clean(one)]))
  }
  return clean(value)
}

/** The accounts by their keys and by their names alone. */
export function loginsOf({ accounts }: Pick<Erased, 'accounts'>): readonly string[] {
  return accounts.flatMap((key) => [key, key.slice(key.lastIndexOf('/') + 1)])
}

/** Texts by which a stored value that may speak of them is found before it is looked at, as they stand in JSON. */
export function quotedIn(erased: Erased): readonly string[] {
  const texts = erased.person === null ? [] : [erased.person, `person/${erased.person}`]
  return [...texts, ...loginsOf(erased)].map((text) => JSON.stringify(text))
}
