import { resolve } from 'node:path'
import {
  type BackupsSettings,
  backupsFileOf,
  openRepository,
  openTarget,
  type Repository,
  readSettings,
  type TargetSetting,
} from '@hevd/archive'
import type { BackupsRun } from './backups-run.ts'
import { BackupsError } from './errors.ts'

/** Where a command is told to look: a target of backups.json, or a folder that holds a repository. */
export type Where = { readonly target?: string; readonly in?: string }

/** A target by the name that it is known by. */
export type Place = { readonly name: string; readonly setting: TargetSetting }

/** What backups.json of the home says. Throws as `readSettings`. */
export function settingsOf({ config }: Pick<BackupsRun, 'config'>): BackupsSettings {
  return readSettings(backupsFileOf(config.home))
}

/**
 * Where a source lies: as told, else as its plan or its drill says, else at the only target.
 * Throws BackupsError `target-unknown`, `target-needed`, and as `readSettings`.
 */
export function placeOf(run: Pick<BackupsRun, 'config'>, source: string, where: Where): Place {
  const inFolder = folderPlace(where)
  if (inFolder !== null) return inFolder
  const settings = settingsOf(run)
  const planned =
    where.target ??
    settings.plans.find(({ name }) => name === source)?.target ??
    settings.drills.find((drill) => drill.source === source)?.target
  if (planned !== undefined) return placeNamed(settings, planned)
  const [only, ...others] = settings.targets.keys()
  if (only === undefined || others.length > 0)
    throw new BackupsError('target-needed', { source, known: [...settings.targets.keys()].join(', ') })
  return placeNamed(settings, only)
}

/** All places: as told, else every target of backups.json. */
export function placesOf(run: Pick<BackupsRun, 'config'>, where: Where): readonly Place[] {
  const inFolder = folderPlace(where)
  if (inFolder !== null) return [inFolder]
  const settings = settingsOf(run)
  if (where.target !== undefined) return [placeNamed(settings, where.target)]
  return [...settings.targets].map(([name, setting]) => ({ name, setting }))
}

export function placeNamed({ targets }: BackupsSettings, name: string): Place {
  const setting = targets.get(name)
  if (setting === undefined)
    throw new BackupsError('target-unknown', { target: name, known: [...targets.keys()].join(', ') })
  return { name, setting }
}

/** Opens the repository of a place for as long as `use` takes. */
export async function withRepository<T>(
  { setting }: Pick<Place, 'setting'>,
  use: (repository: Repository) => Promise<T>,
): Promise<T> {
  const target = await openTarget(setting)
  try {
    return await use(await openRepository(target))
  } finally {
    await target.close()
  }
}

function folderPlace({ in: folder }: Where): Place | null {
  return folder === undefined ? null : { name: folder, setting: { kind: 'folder', path: resolve(folder) } }
}
