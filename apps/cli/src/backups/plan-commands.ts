import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  ArchiveError,
  backupsFileOf,
  dropSlot,
  encrypt,
  initRepository,
  openRepository,
  openTarget,
  planNamed,
  type SettingsFile,
  settingsIn,
} from '@hevd/archive'
import { isDuration } from '@hevd/core'
import { type BackupsRun, tell } from './backups-run.ts'
import { BackupsError } from './errors.ts'
import { type PlanOptions, planOf, targetOf } from './new-plan.ts'
import { urlOf } from './own-database.ts'
import { changeSettings, makeSettings } from './settings-file.ts'
import { settingsOf } from './where.ts'
import { whyOf } from './why.ts'

const standardInput = () => text(process.stdin)

/** `hevd backups init`: the repository first, so that a file which is there has somewhere to write to. */
export async function init(run: BackupsRun, options: PlanOptions): Promise<number> {
  const path = backupsFileOf(run.config.home)
  if (existsSync(path)) throw new ArchiveError('settings-exist', { path })
  const { recipient: recipients = [], target = 'main' } = options
  if (recipients.length === 0)
    throw new BackupsError('option-missing', {
      option: '--recipient',
      wants: 'age1… («hevd backups keygen»)',
    })
  const plan = await planOf(options, target, standardInput)
  const file: SettingsFile = {
    targets: { [target]: targetOf(options) },
    recipients: [...recipients],
    plans: [plan],
  }
  settingsIn(path, file)
  await checkRecipients(recipients)
  await makeRepository(run, file.targets, target, options.keepAtLeast)
  mkdirSync(dirname(path), { recursive: true, mode: 0o711 })
  makeSettings(path, file)
  tell(run, {
    nb: `${path} er laget, med planen ${plan.name}. Prøv den nå: «hevd backups run». Øv på gjenoppretting der identiteten er: «hevd backups drill ${plan.name}».`,
    en: `${path} is made, with the plan ${plan.name}. Try it now: “hevd backups run”. Drill where the identity is: “hevd backups drill ${plan.name}”.`,
  })
  return 0
}

/** `hevd backups add`: to a target that there is, or with `--to` a new one. */
export async function add(run: BackupsRun, options: PlanOptions): Promise<number> {
  const { targets } = settingsOf(run)
  const path = backupsFileOf(run.config.home)
  const target = options.target ?? (options.to === undefined ? [...targets.keys()][0] : undefined) ?? 'main'
  const plan = await planOf(options, target, standardInput)
  const { recipient: recipients = [] } = options
  if (recipients.length > 0) await checkRecipients(recipients)
  const own = recipients.length === 0 ? {} : { recipients: [...recipients] }
  const place = options.to === undefined ? {} : { [target]: targetOf(options) }
  const changed = (file: SettingsFile): SettingsFile => ({
    ...file,
    targets: { ...file.targets, ...place },
    plans: [...(file.plans ?? []), { ...plan, ...own }],
  })
  if (options.to !== undefined) {
    if (targets.has(target)) throw new BackupsError('target-exists', { target })
    await makeRepository(run, place, target, options.keepAtLeast)
  }
  changeSettings(path, changed)
  tell(run, {
    nb: `Planen ${plan.name} er lagt til. Prøv den nå: «hevd backups run ${plan.name}».`,
    en: `The plan ${plan.name} is added. Try it now: “hevd backups run ${plan.name}”.`,
  })
  return 0
}

/** `hevd backups remove`: its backups stay where they are; of a database server its slot must go. */
export async function remove(run: BackupsRun, name: string): Promise<number> {
  const plan = planNamed(settingsOf(run), name)
  changeSettings(backupsFileOf(run.config.home), (file) => ({
    ...file,
    plans: (file.plans ?? []).filter((each) => each.name !== name),
  }))
  tell(run, {
    nb: `Planen ${name} er tatt ut. Kopiene ligger der de ligger, og blir ikke lenger ryddet.`,
    en: `The plan ${name} is taken out. Its backups lie where they lie, and are no longer pruned.`,
  })
  if (plan.of.kind !== 'postgresql') return 0
  try {
    const { url, close } = await urlOf(run.config, plan.of.url, true)
    await dropSlot({ source: name, url }).finally(close)
    return 0
  } catch (error) {
    const { words } = whyOf(error)
    tell(run, {
      nb: `Tjeneren holder fortsatt på WAL for den, og disken der kan bli full: ${words.nb} Slett sporet med pg_drop_replication_slot når tjeneren svarer.`,
      en: `The server still keeps WAL for it, and its disk may fill: ${words.en} Drop the slot with pg_drop_replication_slot when the server answers.`,
    })
    return 1
  }
}

async function makeRepository(
  run: BackupsRun,
  targets: SettingsFile['targets'],
  name: string,
  keepAtLeast: string,
): Promise<void> {
  if (!isDuration(keepAtLeast))
    throw new BackupsError('option-not-valid', { option: '--keep-at-least', wants: 'P30D' })
  const setting = settingsIn(backupsFileOf(run.config.home), { targets }).targets.get(name)
  if (setting === undefined) throw new BackupsError('target-unknown', { target: name, known: name })
  const target = await openTarget(setting)
  try {
    await initRepository(target, keepAtLeast)
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'repository-exists') throw error
    const { keepAtLeast: kept } = await openRepository(target)
    tell(run, {
      nb: `${target.name} har allerede et arkiv, som beholder alt i minst ${kept}. Det brukes som det er.`,
      en: `${target.name} has a repository already, which keeps everything for at least ${kept}. It is used as it is.`,
    })
  } finally {
    await target.close()
  }
}

/** Throws ArchiveError `recipient-not-valid`. */
async function checkRecipients(recipients: readonly string[]): Promise<void> {
  for await (const _header of encrypt(recipients, [])) return
}
