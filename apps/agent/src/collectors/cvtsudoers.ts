import { z } from 'zod'

const option = z.record(z.string(), z.unknown())
/** A member of a list: its kind as the only other key beside `negated`. */
const member = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
const output = z.object({
  Defaults: z.array(z.object({ Binding: z.array(member).optional(), Options: z.array(option) })).default([]),
  User_Specs: z
    .array(
      z.object({
        User_List: z.array(member),
        Host_List: z.array(member),
        Cmnd_Specs: z.array(
          z.object({
            runasusers: z.array(member).optional(),
            runasgroups: z.array(member).optional(),
            Options: z.array(option).optional(),
            Commands: z.array(member),
          }),
        ),
      }),
    )
    .default([]),
})

/** One member of a sudoers list, as sudoers(5) writes it without its `!`. */
export type Member = { readonly kind: string; readonly text: string; readonly negated: boolean }

/** One permission, in the order sudo reads. */
export type Permission = {
  readonly index: number
  readonly hosts: readonly Member[]
  readonly principals: readonly string[]
  readonly runAs: readonly string[]
  readonly commands: readonly string[]
  readonly withoutPassword: boolean
}

/** Reads what `cvtsudoers -e -f json` prints; throws on another form. */
export function parseSudoers(json: string): Permission[] {
  const { Defaults, User_Specs } = output.parse(JSON.parse(json))
  const defaults = Defaults.flatMap(({ Binding, Options }) => {
    const authenticate = authenticateIn(Options)
    return authenticate === null ? [] : [{ bound: Binding?.map(memberOf), authenticate }]
  })
  const permissions = User_Specs.flatMap(({ User_List, Host_List, Cmnd_Specs }) =>
    Cmnd_Specs.map((spec) => {
      const principals = User_List.map(memberOf).map(written)
      const groups = (spec.runasgroups ?? []).map(memberOf)
      const runAs = [
        ...(spec.runasusers ?? []).map(memberOf).map(written),
        ...groups.map((group) => `${group.negated ? '!' : ''}:${group.text.replace(/^%/, '')}`),
      ]
      const commands = spec.Commands.map(memberOf).map(written)
      const tag = authenticateIn(spec.Options ?? [])
      const named = new Set([...principals, ...runAs, ...commands])
      const byDefault = defaults
        .filter(
          ({ bound }) => bound === undefined || bound.some(({ text }) => text === 'ALL' || named.has(text)),
        )
        .at(-1)?.authenticate
      return {
        hosts: Host_List.map(memberOf),
        principals,
        runAs: runAs.length === 0 ? ['root'] : runAs,
        commands,
        withoutPassword: !(tag ?? byDefault ?? true),
      }
    }),
  )
  return permissions.map((permission, index) => ({ index, ...permission }))
}

/** The last `authenticate` among options; null where none speaks of it. */
function authenticateIn(options: readonly Record<string, unknown>[]): boolean | null {
  return options.reduce<boolean | null>((found, one) => {
    const value = one.authenticate
    return typeof value === 'boolean' ? value : found
  }, null)
}

const prefixes: Readonly<Record<string, string>> = {
  usergroup: '%',
  userid: '#',
  usergid: '%#',
  netgroup: '+',
  nonunixgroup: '%:',
  nonunixgid: '%:#',
}

function memberOf(fields: Readonly<Record<string, string | number | boolean>>): Member {
  const found = Object.entries(fields).find(([name]) => name !== 'negated' && !/^sha\d+$/.test(name))
  const [kind, value] = found ?? ['', '']
  return { kind, text: `${prefixes[kind] ?? ''}${value}`, negated: fields.negated === true }
}

function written({ text, negated }: Member): string {
  return `${negated ? '!' : ''}${text}`
}
