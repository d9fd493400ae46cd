import { openJournal, planNamed } from '@hevd/archive'
import type { Bilingual } from '@hevd/core'
import { bytes } from '../bytes.ts'
import { wallClock } from '../clock.ts'
import { mark, wrapped } from '../terminal.ts'
import { type BackupsRun, tell } from './backups-run.ts'
import { progressBar } from './progress.ts'
import { type Ran, runPlan } from './run-plan.ts'
import { placeNamed, settingsOf } from './where.ts'
import { whyOf } from './why.ts'
import { backupsWords } from './words.ts'

const mostShown = 8

/** `hevd backups run`. Exit code: 1 where one of them did not go well. */
export async function runPlans(run: BackupsRun, names: readonly string[], full: boolean): Promise<number> {
  const { config, json, locale, terminal, signal } = run
  const settings = settingsOf(run)
  const plans = names.length === 0 ? settings.plans : names.map((name) => planNamed(settings, name))
  if (plans.length === 0) tell(run, { nb: backupsWords.nb.noPlans, en: backupsWords.en.noPlans })
  const journal = openJournal(config.home)
  const all: (Ran | { source: string; outcome: 'failed'; why: ReturnType<typeof whyOf> })[] = []
  try {
    for (const plan of plans) {
      if (signal.aborted) break
      const place = placeNamed(settings, plan.target)
      const progress = progressBar(plan.name, terminal, locale)
      const deps = { config, journal, place, plan, now: wallClock, start: true, progress, signal }
      try {
        const ran = await runPlan(deps, full ? 'full' : null)
        all.push(ran)
        if (!json) for (const line of lines(ran, run)) terminal.write(line)
      } catch (error) {
        const why = whyOf(error)
        all.push({ source: plan.name, outcome: 'failed', why })
        if (!json) for (const line of failed(plan.name, why.words, run)) terminal.write(line)
      }
    }
  } finally {
    journal.close()
  }
  if (json) terminal.write(JSON.stringify(all))
  return plans.length > 0 && all.length === plans.length && all.every(({ outcome }) => outcome === 'made')
    ? 0
    : 1
}

function lines(ran: Ran, run: BackupsRun): string[] {
  const { locale, terminal } = run
  const { source, kind, outcome, backupId, why, missed, removed, untidy } = ran
  if (outcome === 'failed' || outcome === 'interrupted') return failed(source, why?.words ?? stopped, run)
  const size = `${bytes(ran.bytes, locale)} → ${bytes(ran.stored, locale)}`
  const said =
    backupId === null
      ? { nb: `${source}: WAL er arkivert`, en: `${source}: WAL is archived` }
      : { nb: `${source}: ${backupId}, ${size}`, en: `${source}: ${backupId}, ${size}` }
  return [
    `${mark(outcome === 'made' ? 'holds' : 'fails', terminal)} ${said[locale]}${backupId?.endsWith(kind) === false ? ` (${backupsWords[locale].kinds[kind]})` : ''}`,
    ...(why === null ? [] : wrapped(why.words[locale], 80, 2)),
    ...missed.slice(0, mostShown).flatMap(({ path, reason }) => wrapped(`${path} (${reason})`, 80, 4)),
    ...(missed.length > mostShown ? ['    …'] : []),
    ...(removed.length === 0 ? [] : wrapped(tidy(removed)[locale], 80, 2)),
    ...(untidy === null ? [] : wrapped(untidy.words[locale], 80, 2)),
  ]
}

const stopped: Bilingual = { nb: 'stanset før den var ferdig', en: 'stopped before it was done' }
const tidy = (removed: readonly string[]): Bilingual => ({
  nb: `Fjernet etter reglene: ${removed.join(', ')}`,
  en: `Removed by the rules: ${removed.join(', ')}`,
})

function failed(source: string, why: Bilingual, { locale, terminal }: BackupsRun): string[] {
  const [first = '', ...rest] = wrapped(`${source}: ${why[locale]}`, 80, 2)
  return [`${mark('fails', terminal)} ${first.trimStart()}`, ...rest]
}
