import { execFile } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PostgresError } from '../errors.ts'
import { type Account, asAccount } from './account.ts'
import { type Layout, SOCKET_PORT } from './layout.ts'
import { LARGEST_LOG, LOG_FILENAME } from './logs.ts'
import type { Programs } from './programs.ts'
import { roles } from './secrets.ts'

const run = promisify(execFile)

/** Without these a committed transaction may be gone after a power cut. */
export const durableSettings = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/** Log kept for backups that do not come; the next one is then a full one. */
const MOST_KEPT_LOG = '4GB'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** On disk when it returns: a power cut right after the first start must not leave half a configuration behind. */
const onDisk = { flush: true } as const

/** Called once, on a directory that initdb has just made: our file is read last. */
export async function adoptConfiguration(data: string): Promise<void> {
  await appendFile(join(data, 'postgresql.conf'), "\ninclude 'hevd.conf'\n", onDisk)
  await writeAccess(data)
}

/** Passwords are always asked for. Only the role of backups may replicate. */
async function writeAccess(data: string): Promise<void> {
  const lines = ['local all all scram-sha-256', `local replication ${roles.backup} scram-sha-256`, '']
  await writeFile(join(data, 'pg_hba.conf'), lines.join('\n'), onDisk)
}

/** Written before every start: the directories of sockets and logs move with the home. */
export async function writeConfiguration(
  data: string,
  { sockets, logs }: Pick<Layout, 'sockets' | 'logs'>,
): Promise<void> {
  await writeAccess(data)
  await writeFile(
    join(data, 'hevd.conf'),
    [
      '# Written by Hevd at every start; what is changed here is lost.',
      "listen_addresses = ''",
      `port = ${SOCKET_PORT}`,
      `unix_socket_directories = ${quoted(sockets)}`,
      'unix_socket_permissions = 0700',
      'password_encryption = scram-sha-256',
      'max_connections = 100',
      'wal_level = replica',
      // Log that nobody comes to fetch must not fill the disk: past this the slot is given up, and said to be.
      `max_slot_wal_keep_size = '${MOST_KEPT_LOG}'`,
      "log_line_prefix = '%m [%p] '",
      'log_checkpoints = off',
      // Details of an error are values of rows.
      'log_error_verbosity = terse',
      // A segment that is used again holds earlier rows until it is written over.
      'wal_recycle = off',
      'logging_collector = on',
      "log_destination = 'stderr'",
      `log_directory = ${quoted(logs)}`,
      `log_filename = '${LOG_FILENAME}'`,
      'log_file_mode = 0600',
      'log_rotation_age = 0',
      `log_rotation_size = '${LARGEST_LOG}'`,
      "timezone = 'UTC'",
      "log_timezone = 'UTC'",
      '',
    ].join('\n'),
    onDisk,
  )
}

/** Throws `unsafe-setting` if one of the durable settings is off. */
export function refuseUnsafe(setting: string, value: string): void {
  if (value === 'off') throw new PostgresError('unsafe-setting', { setting, value })
}

/** Asks the programs, without starting the server, what every configuration file together comes to. */
export async function refuseUnsafeFiles(
  programs: Programs,
  data: string,
  account: Account | undefined,
): Promise<void> {
  await Promise.all(
    durableSettings.map(async (setting) => {
      const options = { ...asAccount(account), cwd: data }
      const { stdout } = await run(join(programs.bin, 'postgres'), ['-C', setting, '-D', data], options)
      refuseUnsafe(setting, stdout.trim())
    }),
  )
}
