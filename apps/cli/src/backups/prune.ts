import { planNamed, prune } from '@hevd/archive'
import { plural } from '@hevd/core'
import { wallClock } from '../clock.ts'
import { type BackupsRun, tell } from './backups-run.ts'
import { placeNamed, settingsOf, withRepository } from './where.ts'

/** The time zone whose days, weeks and months the rules count. */
export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** `hevd backups prune`. */
export async function prunePlans(
  run: BackupsRun,
  names: readonly string[],
  dryRun: boolean,
): Promise<number> {
  const settings = settingsOf(run)
  const plans = names.length === 0 ? settings.plans : names.map((name) => planNamed(settings, name))
  const pruned = []
  for (const { name, target, keep } of plans) {
    const { removed, wal, kept } = await withRepository(placeNamed(settings, target), (repository) =>
      prune(repository, name, keep, { now: wallClock(), zone: zoneHere(), dryRun }),
    )
    pruned.push({
      source: name,
      kept: kept.map(({ backup, by }) => ({ id: backup.id, by })),
      removed: removed.map(({ id }) => id),
      wal: wal.length,
    })
    if (run.json) continue
    const count = removed.length
    for (const { id } of removed) run.terminal.write(`  ${id}`)
    tell(run, {
      nb: `${name}: ${count} ${plural(count, 'kopi', 'kopier')} og ${wal.length} WAL-segmenter ${dryRun ? 'ville blitt fjernet' : 'er fjernet'}, ${kept.length} beholdes.`,
      en: `${name}: ${count} ${plural(count, 'backup', 'backups')} and ${wal.length} WAL segments ${dryRun ? 'would be' : 'are'} removed, ${kept.length} kept.`,
    })
  }
  if (run.json) run.terminal.write(JSON.stringify(pruned))
  return 0
}
