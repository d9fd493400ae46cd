import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Where everything of one supervised PostgreSQL lies. */
export type Layout = {
  /** `<home>/postgres`: ours, passable for the account that PostgreSQL runs as. */
  readonly root: string
  /** PGDATA; belongs to that account, 0700. */
  readonly data: string
  /** How the directories begin in which initdb works; one is renamed to `data` when it is whole. */
  readonly unfinished: string
  /** Holds the socket; belongs to that account, 0700. */
  readonly sockets: string
  /** Copies of the embedded programs, by version. */
  readonly programs: string
  /** Passwords of the roles, 0600, ours. */
  readonly secrets: string
  /** What the postmaster says before its own logging begins, and whatever does not go through that. */
  readonly log: string
  /** Its own logs; belongs to that account, 0700. */
  readonly logs: string
  /** Locked while a supervisor lives. */
  readonly lock: string
}

/** The port is part of the socket's name only: nothing listens on a network. */
export const SOCKET_PORT = 5432

/** `sun_path` of a Linux socket address holds 108 bytes with its end mark (unix(7)). */
const LONGEST_SOCKET_PATH = 107

/**
 * The layout under a home. A home too deep for a socket address gets its socket directory in `temporary`,
 * named after the home, so that the next start finds the same.
 */
export function layoutOf(home: string, temporary: string): Layout {
  const root = join(home, 'postgres')
  const near = join(root, 'run')
  const fits = Buffer.byteLength(join(near, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16)
  return {
    root,
    data: join(root, 'data'),
    unfinished: join(root, 'data.unfinished.'),
    sockets: fits ? near : join(temporary, `hevd-${digest}`),
    programs: join(root, 'programs'),
    secrets: join(root, 'secrets.json'),
    log: join(root, 'postgres.log'),
    logs: join(root, 'log'),
    lock: join(root, 'supervisor.lock'),
  }
}
