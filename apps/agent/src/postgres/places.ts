import { isIP } from 'node:net'
import type { HostAccess } from '../host/access.ts'
import { type Listening, parseTable } from '../sockets/table.ts'

/** A PostgreSQL server that the agent knows of. */
export type Place = {
  /** `host-id/port`; `host-id/path-of-its-socket` where it has no port; `host-id/name:port` on another machine. */
  readonly id: string
  readonly port: number
  /** Its local socket: the folder, and the account that owns it where that may be seen. */
  readonly socket: { readonly folder: string; readonly uid: number | null; readonly gid: number } | null
  /** A connection URL from the agent's settings. */
  readonly url: string | null
}

/** Servers that listen on this host, and those whose URL the agent was given. */
export async function placesOf(access: HostAccess): Promise<readonly Place[]> {
  const [found, listening] = await Promise.all([localSockets(access), tcpSockets(access)])
  const owners = await access.socketOwners()
  const places: Place[] = []
  const add = (place: Place) => {
    if (!places.some(({ id }) => id === place.id)) places.push(place)
  }
  const onPort = (port: number, uid: number | null) =>
    listening.some((one) => one.port === port && (uid === null || one.uid === uid))
  for (const { folder, port, uid, gid } of found) {
    const name = onPort(port, uid) ? `/${port}` : `${folder}/.s.PGSQL.${port}`
    add({ id: access.host.id + name, port, socket: { folder, uid, gid }, url: null })
  }
  for (const { port, inode } of listening)
    if (isPostgres(owners.get(inode) ?? null, port))
      add({ id: `${access.host.id}/${port}`, port, socket: null, url: null })
  return access.look.postgres.reduce((all, url) => withUrl(access, all, url), places as readonly Place[])
}

/** Where the program may not be seen, its usual port has to do. */
function isPostgres(program: string | null, port: number): boolean {
  return program === null ? port === 5432 : program === 'postgres' || program === 'postmaster'
}

async function tcpSockets({ files }: HostAccess): Promise<readonly Listening[]> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => files.text(path)))
  return tables.flatMap((table) => (table.kind === 'seen' ? parseTable('tcp', table.value) : []))
}

async function localSockets({ files }: HostAccess) {
  const table = await files.text('/proc/net/unix')
  const paths = table.kind === 'seen' ? parseUnixTable(table.value) : []
  const found = await Promise.all(
    paths.map(async ({ folder, port }) => {
      const status = await files.status(`${folder}/.s.PGSQL.${port}`)
      if (status.kind === 'absent') return []
      const { uid, gid } = status.kind === 'seen' ? status.value : { uid: null, gid: 0 }
      return [{ folder, port, uid, gid }]
    }),
  )
  return found.flat()
}

/** Listening sockets of PostgreSQL in /proc/net/unix: the flag 0x10000 is `__SO_ACCEPTCON`. */
export function parseUnixTable(table: string): { readonly folder: string; readonly port: number }[] {
  const found = table.split('\n').flatMap((line) => {
    const [, flags, path = ''] = /^[0-9a-f]+: \S+ \S+ (\S+) \S+ \S+ +\d+ (\/.*)$/i.exec(line) ?? []
    const socket = /^(\/.*)\/\.s\.PGSQL\.(\d{1,5})$/.exec(path)
    if (socket?.[1] === undefined || flags === undefined) return []
    return (Number.parseInt(flags, 16) & 0x1_0000) === 0
      ? []
      : [{ folder: socket[1], port: Number(socket[2]) }]
  })
  return found.sort((a, b) => (`${a.folder}:${a.port}` < `${b.folder}:${b.port}` ? -1 : 1))
}

/** A URL is for the server that was found at its place, or for one of its own. */
function withUrl(access: HostAccess, places: readonly Place[], url: string): readonly Place[] {
  const { hostname, port: given, searchParams } = new URL(url)
  const name = searchParams.get('host') ?? decodeURIComponent(hostname)
  const port = Number(given === '' ? (searchParams.get('port') ?? 5432) : given)
  const meant = places.find((place) =>
    name.startsWith('/')
      ? place.port === port && place.socket?.folder === name
      : isOwn(access, name) && place.id === `${access.host.id}/${port}`,
  )
  if (meant !== undefined) return places.map((place) => (place === meant ? { ...place, url } : place))
  const local = name.startsWith('/')
    ? `${name}/.s.PGSQL.${port}`
    : isOwn(access, name)
      ? `/${port}`
      : `/${name}:${port}`
  return [...places, { id: access.host.id + local, port, socket: null, url }]
}

function isOwn(access: HostAccess, name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '')
  if (name === '' || name === 'localhost' || address === '::1' || /^127\./.test(address)) return true
  return isIP(address) !== 0 && access.addresses().includes(address)
}
