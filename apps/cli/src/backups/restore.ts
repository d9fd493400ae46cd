import { resolve } from 'node:path'
import { listBackups, type RestoreUntil, restoreFolder, restorePostgres } from '@hevd/archive'
import type { Bilingual } from '@hevd/core'
import { accountOf } from '@hevd/postgres'
import { mark } from '../terminal.ts'
import { type BackupsRun, tell } from './backups-run.ts'
import { BackupsError } from './errors.ts'
import { identitiesIn } from './identity.ts'
import { progressBar } from './progress.ts'
import { startCommand } from './start-command.ts'
import { placeOf, type Where, withRepository } from './where.ts'

export type RestoreOptions = Where & {
  readonly identity: string
  readonly into: string
  readonly at?: string
  readonly backup?: string
}

/** `hevd backups restore`: a folder as it was at a backup, or a server's data directory that recovers when it is started. */
export async function restore(run: BackupsRun, source: string, options: RestoreOptions): Promise<number> {
  const { json, locale, terminal, signal } = run
  const identities = identitiesIn(options.identity)
  const [into, at] = [resolve(options.into), momentOf(options.at)]
  const progress = progressBar(source, terminal, locale)
  await withRepository(placeOf(run, source, options), async (repository) => {
    const newest = (await listBackups(repository, source)).backups.at(-1)
    if (newest === undefined) throw new BackupsError('source-empty', { source })
    const given = { repository, source, identities, into, progress, signal }
    const chosen = options.backup === undefined ? {} : { backupId: options.backup }
    if (newest.of === 'folder') {
      if (at !== null) throw new BackupsError('time-of-folder', { source })
      const { backup, files } = await restoreFolder({ ...given, ...chosen })
      if (json) terminal.write(JSON.stringify({ source, backupId: backup.id, into, files }))
      else
        done(run, {
          nb: `${source} ligger i ${into}, slik den var ${backup.id}.`,
          en: `${source} is in ${into}, as it was at ${backup.id}.`,
        })
      return
    }
    const until: RestoreUntil =
      at !== null ? { time: at } : options.backup === undefined ? 'latest' : 'backup'
    const restored = await restorePostgres({ ...given, ...chosen, until })
    const start = startCommand({ ...restored, into }, (await accountOf('postgres'))?.name ?? null)
    if (json) {
      const { backup, data, wal, major, files, segments } = restored
      terminal.write(
        JSON.stringify({ source, backupId: backup.id, data, wal, major, files, segments, start }),
      )
      return
    }
    done(run, {
      nb: `${source} ligger i ${restored.data} (${restored.backup.id}, ${restored.files} filer, ${restored.segments} WAL-segmenter).`,
      en: `${source} is in ${restored.data} (${restored.backup.id}, ${restored.files} files, ${restored.segments} WAL segments).`,
    })
    tell(run, {
      nb: `Start PostgreSQL ${restored.major} i den, så spiller den av WAL og åpner:`,
      en: `Start PostgreSQL ${restored.major} in it; it plays the WAL and opens:`,
    })
    terminal.write(`  ${start}`)
    tell(run, {
      nb: `Når den er åpen, kan ${restored.wal} slettes.`,
      en: `When it is open, ${restored.wal} may be deleted.`,
    })
  })
  return 0
}

function done({ locale, terminal }: BackupsRun, words: Bilingual): void {
  terminal.write(`${mark('holds', terminal)} ${words[locale]}`)
}

/** RFC 3339 with a time zone, in milliseconds; null where none was given. */
function momentOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? Date.parse(text)
    : Number.NaN
  if (Number.isNaN(at)) throw new BackupsError('time-not-valid', { time: text })
  return at
}
