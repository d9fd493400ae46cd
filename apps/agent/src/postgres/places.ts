import { isIP } from 'node:net'
import { failedBy, type Gap, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import type { Looked } from '../host/looked.ts'
import { parseTable } from '../sockets/table.ts'

/** A PostgreSQL server that the agent knows of. */
export type Place = {
  /** `host-id/port`; `host-id/path-of-its-socket` where it has no port; `host-id/name:port` on another machine. */
  readonly id: string
  readonly port: number
  /** Its local socket: the folder, and the account that owns it where that may be seen. */
  readonly socket: { readonly folder: string; readonly uid: number | null; readonly gid: number } | null
  /** A connection URL from the agent's settings. */
  readonly url: string | null
  /** Whether it runs on this host. */
  readonly local: boolean
}

/**
 * Servers that listen on this host, and those whose URL the agent was given; with a gap where the kernel's tables of
 * sockets cannot be read, so that others may be listening.
 */
export async function placesOf(
  access: HostAccess,
): Promise<{ readonly places: readonly Place[]; readonly gap: Gap }> {
  const names = ['/proc/net/unix', '/proc/net/tcp', '/proc/net/tcp6']
  const tables = await Promise.all(names.map((path) => access.files.text(path)))
  const [unix = '', ...tcp] = tables.map((table) => (table.kind === 'seen' ? table.value : ''))
  const found = await localSockets(access, unix)
  const listening = tcp.flatMap((table) => parseTable('tcp', table))
  const owners = await access.socketOwners()
  const places: Place[] = []
  const add = (place: Place) => {
    if (!places.some(({ id }) => id === place.id)) places.push(place)
  }
  const onPort = (port: number, uid: number | null) =>
    listening.some((one) => one.port === port && (uid === null || one.uid === uid))
  for (const { folder, port, uid, gid } of found) {
    const name = onPort(port, uid) ? `/${port}` : `${folder}/.s.PGSQL.${port}`
    add({ id: access.host.id + name, port, socket: { folder, uid, gid }, url: null, local: true })
  }
  for (const { port, inode } of listening)
    if (isPostgres(owners.get(inode) ?? null, port))
      add({ id: `${access.host.id}/${port}`, port, socket: null, url: null, local: true })
  const all = access.look.postgres.reduce(
    (sofar, url) => withUrl(access, sofar, url),
    places as readonly Place[],
  )
  return { places: all, gap: gapOf(tables) }
}

/** The server that an address leads to; undefined where it is none. */
export async function placeOfUrl(access: HostAccess, url: string): Promise<Place | undefined> {
  const { places } = await placesOf({ ...access, look: { ...access.look, postgres: [url] } })
  return places.find((place) => place.url === url)
}

/** A host without IPv6 has no table of it. */
function gapOf(tables: readonly Looked<string>[]): Gap {
  if (tables.some(({ kind }) => kind === 'refused')) return needsRight(`${rootRight} (/proc/net)`)
  return tables.slice(0, 2).some(({ kind }) => kind === 'absent')
    ? failedBy('there is no /proc/net/unix or /proc/net/tcp')
    : null
}

/** Where the program may not be seen, its usual port has to do. */
function isPostgres(program: string | null, port: number): boolean {
  return program === null ? port === 5432 : program === 'postgres' || program === 'postmaster'
}

async function localSockets({ files }: HostAccess, table: string) {
  const found = await Promise.all(
    parseUnixTable(table).map(async ({ folder, port }) => {
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
  const local = name.startsWith('/') || isOwn(access, name)
  const here = name.startsWith('/') ? `${name}/.s.PGSQL.${port}` : `/${port}`
  const id = access.host.id + (local ? here : `/${name}:${port}`)
  return [...places, { id, port, socket: null, url, local }]
}

function isOwn(access: HostAccess, name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '')
  if (name === '' || name === 'localhost' || address === '::1' || /^127\./.test(address)) return true
  return isIP(address) !== 0 && access.addresses().includes(address)
}
