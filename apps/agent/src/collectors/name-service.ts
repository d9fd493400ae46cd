/** A row of passwd(5). */
export type PasswdRow = {
  readonly name: string
  readonly password: string
  readonly uid: number
  readonly gid: number
  readonly home: string
  readonly shell: string
}
/** A row of group(5). */
export type GroupRow = { readonly name: string; readonly gid: number; readonly members: readonly string[] }

const highestId = 4_294_967_295

/** Rows of passwd(5); the first of a name is the one that counts, a line that is not a row is none. */
export function parsePasswd(text: string): PasswdRow[] {
  return firstOfName(
    rows(text).flatMap(([name, password, uid, gid, , home, shell, ...rest]) => {
      const numbers = [idOf(uid), idOf(gid)] as const
      if (name === undefined || shell === undefined || rest.length > 0) return []
      const [user, group] = numbers
      if (user === null || group === null) return []
      return [{ name, password: password ?? '', uid: user, gid: group, home: home ?? '', shell }]
    }),
  )
}

/** Rows of group(5); several rows of one name and number are one group. */
export function parseGroups(text: string): GroupRow[] {
  const groups = new Map<string, GroupRow>()
  for (const [name, , number, members, ...rest] of rows(text)) {
    const gid = idOf(number)
    if (name === undefined || gid === null || members === undefined || rest.length > 0) continue
    const known = groups.get(name)
    const listed = members.split(',').filter((member) => member !== '')
    groups.set(name, {
      name,
      gid: known?.gid ?? gid,
      members: [...new Set([...(known?.members ?? []), ...listed])],
    })
  }
  return [...groups.values()]
}

/** Sources of a database that nsswitch.conf(5) names, in order; `files` when it says nothing. */
export function nameServiceSources(configuration: string, database: string): readonly string[] {
  for (const line of configuration.split('\n')) {
    const [name, services] = (line.split('#')[0] ?? '').split(':')
    if (name?.trim() !== database || services === undefined) continue
    return services
      .replace(/\[[^\]]*\]/g, ' ')
      .split(/\s+/)
      .filter((service) => service !== '')
  }
  return ['files']
}

/** Sources that list all they know; a directory such as `sss` or `ldap` answers for names it does not list. */
const listing = new Set([
  'files',
  'compat',
  'db',
  'systemd',
  'altfiles',
  'extrausers',
  'mymachines',
  'usrfiles',
])

/** Those sources of a database that may know accounts or groups without listing them. */
export function unlistedSources(configuration: string, database: string): readonly string[] {
  return nameServiceSources(configuration, database).filter((source) => !listing.has(source))
}

function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !/^\s*#/.test(line) && !/^[+-]/.test(line))
    .map((line) => line.split(':'))
    .filter(([name]) => name !== '')
}

function idOf(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return null
  const id = Number(text)
  return id <= highestId ? id : null
}

function firstOfName<Row extends { readonly name: string }>(list: readonly Row[]): Row[] {
  const known = new Set<string>()
  return list.filter(({ name }) => !known.has(name) && known.add(name))
}
