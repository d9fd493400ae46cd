import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The port that a copy is started on, so that it does not meet the server that it is a copy of. */
const port = 5433

/**
 * What starts a restored server beside the one that it is a copy of: with Debian's or Red Hat's programs where they are, else
 * with those of PATH. Where its configuration would have it listen and log is of another place.
 *
 * @param into the folder of the restore; the server's log comes to lie there
 */
export function startCommand(
  { into, data, major }: { readonly into: string; readonly data: string; readonly major: number },
  account: string | null,
): string {
  const places = [`/usr/lib/postgresql/${major}/bin`, `/usr/pgsql-${major}/bin`]
  const found = places.find((place) => existsSync(join(place, 'pg_ctl')))
  const command = [
    found === undefined ? 'pg_ctl' : join(found, 'pg_ctl'),
    ...['-D', shellWord(data), '-l', shellWord(join(into, 'server.log'))],
    `-o '-p ${port} -k /tmp -c logging_collector=off'`,
    'start',
  ].join(' ')
  return account === null ? command : `sudo -u ${account} ${command}`
}

function shellWord(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
