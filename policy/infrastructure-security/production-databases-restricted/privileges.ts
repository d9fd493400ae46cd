import type { postgresRoles, ValueOf } from '@hevd/facts'
import type { Held } from '../../granted.ts'

export type Role = ValueOf<typeof postgresRoles>

const attributes = ['superuser', 'createRole', 'replication', 'bypassRls'] as const

/**
 * What a role may do that must have been granted: attributes of its own, and those of every role it is a member of, at
 * any distance, since `set role` takes them on; and membership of privileged roles. A superuser has everything, so
 * nothing else is asked of one.
 *
 * A grant of an attribute covers it, and so does a grant of a role on the way to it; a grant of `superuser` covers all.
 *
 * @param roles every role of the server
 */
export function privilegesOf(
  role: Role,
  roles: readonly Role[],
  privilegedRoles: readonly string[],
): readonly Held[] {
  const reached = reachedFrom(role, roles)
  const held = reached.flatMap(({ role: one, way }) => [
    ...attributes.filter((attribute) => one[attribute]).map((attribute) => ({ privilege: attribute, way })),
    ...(way.length > 0 && privilegedRoles.includes(one.name)
      ? [{ privilege: one.name, way: way.slice(0, -1) }]
      : []),
  ])
  const superuser = held.filter(({ privilege }) => privilege === 'superuser')
  return (superuser.length > 0 ? superuser : held).map(({ privilege, way }) => ({
    name: way.length === 0 ? privilege : `${privilege} (${way.join(' → ')})`,
    covered: (access) =>
      access.kind === 'postgres' &&
      access.server === role.server &&
      ['superuser', privilege, ...way].includes(access.privilege),
  }))
}

type Reached = { readonly role: Role; readonly way: readonly string[] }

/** The role and all it is a member of, each once, with the names on the shortest way to it; its own name is left out. */
function reachedFrom(role: Role, roles: readonly Role[]): readonly Reached[] {
  const byName = new Map(roles.map((one) => [one.name, one]))
  const reached: Reached[] = [{ role, way: [] }]
  const known = new Set([role.name])
  for (const { role: one, way } of reached)
    for (const name of one.memberOf) {
      const next = byName.get(name)
      if (next === undefined || known.has(name)) continue
      known.add(name)
      reached.push({ role: next, way: [...way, name] })
    }
  return reached
}

/** Names of the roles that a role is a member of, at any distance. */
export function membershipsOf(role: Role, roles: readonly Role[]): ReadonlySet<string> {
  return new Set(
    reachedFrom(role, roles)
      .slice(1)
      .map(({ role: one }) => one.name),
  )
}
