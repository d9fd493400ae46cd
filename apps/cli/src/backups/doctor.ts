import { existsSync } from 'node:fs'
import { backupsFileOf, isHeld } from '@hevd/archive'
import type { Diagnosis } from '../commands/doctor.ts'
import type { BackupsRun } from './backups-run.ts'
import { identitiesIn } from './identity.ts'
import { settingsOf, withRepository } from './where.ts'
import { whyOf } from './why.ts'

/** What keeps the backups of a home from being made; nothing where there is no backups.json. */
export async function backupsDiagnoses(config: BackupsRun['config']): Promise<Diagnosis[]> {
  const path = backupsFileOf(config.home)
  if (!existsSync(path)) return []
  const wrong = (name: string, error: unknown): Diagnosis => ({
    name,
    found: { nb: `Sikkerhetskopiene (${path})`, en: `The backups (${path})` },
    remedy: whyOf(error).words,
  })
  try {
    const settings = settingsOf({ config })
    const faults: Diagnosis[] = []
    for (const [name, setting] of settings.targets)
      await withRepository({ setting }, async () => {}).catch((error: unknown) =>
        faults.push(wrong(`backups/${name}`, error)),
      )
    for (const { source, identityFile } of settings.drills)
      try {
        identitiesIn(identityFile)
      } catch (error) {
        faults.push(wrong(`backups/drill/${source}`, error))
      }
    const isKept = isHeld(config.home, 'keep')
    return [
      {
        name: 'backups',
        found: {
          nb: `Sikkerhetskopier: ${settings.plans.length} planer og ${settings.drills.length} øvelser i ${path}.`,
          en: `Backups: ${settings.plans.length} plans and ${settings.drills.length} drills in ${path}.`,
        },
        remedy: isKept
          ? null
          : {
              nb: 'Ingenting kjører dem. Start «hevd up», eller «hevd backups keep» som tjeneste («hevd backups unit»).',
              en: 'Nothing runs them. Start “hevd up”, or “hevd backups keep” as a service (“hevd backups unit”).',
            },
      },
      ...faults,
    ]
  } catch (error) {
    return [wrong('backups', error)]
  }
}
