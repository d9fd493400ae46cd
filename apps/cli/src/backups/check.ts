import { type CheckedFile, checkFiles, listBackups, sourcesOf } from '@hevd/archive'
import { type Bilingual, plural } from '@hevd/core'
import { mark, wrapped } from '../terminal.ts'
import type { BackupsRun } from './backups-run.ts'
import { progressBar } from './progress.ts'
import { placesOf, type Where, withRepository } from './where.ts'

const states: { readonly [S in Exclude<CheckedFile['state'], 'sound'>]: Bilingual } = {
  missing: { nb: 'mangler', en: 'is missing' },
  'not-encrypted': { nb: 'er ikke en age-fil', en: 'is not an age file' },
  'recipients-differ': { nb: 'har andre mottakere enn oppgitt', en: 'has other recipients than it says' },
  'size-differs': { nb: 'har feil størrelse', en: 'has the wrong size' },
  'digest-differs': { nb: 'er endret', en: 'was changed' },
}

/** `hevd backups check`: the newest backup of each source with what it needs, or all. Exit code: 1 where a file is not sound. */
export async function check(
  run: BackupsRun,
  sources: readonly string[],
  all: boolean,
  where: Where,
): Promise<number> {
  const { json, terminal, locale, signal } = run
  const checked: { target: string; source: string; id: string; files: readonly CheckedFile[] }[] = []
  for (const place of placesOf(run, where))
    await withRepository(place, async (repository) => {
      for (const source of await sourcesOf(repository)) {
        if (sources.length > 0 && !sources.includes(source)) continue
        const { backups } = await listBackups(repository, source)
        for (const backup of all ? backups : newestOf(backups)) {
          const total = backup.files.reduce((sum, { bytes }) => sum + bytes, 0)
          const bar = progressBar(source, terminal, locale)
          let seen = 0
          const progress = (read: number) => {
            seen += read
            bar(backup.id, seen, total)
          }
          const files = await checkFiles(repository, backup, { signal, progress })
          checked.push({ target: place.name, source, id: backup.id, files })
          if (!json) for (const line of lines(run, source, backup.id, files)) terminal.write(line)
        }
      }
    })
  if (json) terminal.write(JSON.stringify(checked))
  const sound = checked.every(({ files }) => files.every(({ state }) => state === 'sound'))
  return sound && checked.length > 0 ? 0 : 1
}

/** The newest backup with those it needs. */
function newestOf<B extends { readonly id: string; readonly parent: string | null }>(
  backups: readonly B[],
): B[] {
  const chain: B[] = []
  for (let next = backups.at(-1); next !== undefined && !chain.includes(next); ) {
    chain.unshift(next)
    const { parent } = next
    next = backups.find(({ id }) => id === parent)
  }
  return chain
}

function lines(
  { locale, terminal }: BackupsRun,
  source: string,
  id: string,
  files: readonly CheckedFile[],
): string[] {
  const faults = files.flatMap(({ path, state }) =>
    state === 'sound' ? [] : [`${path} ${states[state][locale]}`],
  )
  const count = files.length
  const said = {
    nb: `${source} ${id}: ${count} ${plural(count, 'fil', 'filer')}`,
    en: `${source} ${id}: ${count} ${plural(count, 'file', 'files')}`,
  }
  return [
    `${mark(faults.length === 0 ? 'holds' : 'fails', terminal)} ${said[locale]}`,
    ...faults.flatMap((fault) => wrapped(fault, 80, 4)),
  ]
}
