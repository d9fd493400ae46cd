import { type Locale, languageTag } from '@hevd/core'
import { bytes } from '../bytes.ts'
import { mark, type Terminal, wrapped } from '../terminal.ts'
import { agoIn, momentsOf } from './moments.ts'
import type { BackupsStatus, PlanStatus } from './status.ts'
import { backupsWords } from './words.ts'

/** What `hevd backups status` prints for people, 80 columns wide at most. */
export function statusText(
  { at, keeping, plans }: BackupsStatus,
  locale: Locale,
  terminal: Pick<Terminal, 'colour'>,
): string[] {
  const say = backupsWords[locale]
  return [
    ...plans.flatMap((plan) => [...planLines(plan, at, locale, terminal), '']),
    ...(plans.length === 0 ? wrapped(say.noPlans, 80, 0) : []),
    ...wrapped(keeping ? say.keeping : `▲ ${say.notKeeping}`, 80, 0),
  ]
}

function planLines(
  status: PlanStatus,
  now: number,
  locale: Locale,
  terminal: Pick<Terminal, 'colour'>,
): string[] {
  const say = backupsWords[locale]
  const { plan, isKept, why } = status
  const rows = rowsOf(status, now, locale)
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    `${mark(isKept ? 'holds' : 'fails', terminal)} ${isKept ? say.kept(plan.name) : say.notKept(plan.name)}`,
    ...(why === null ? [] : [...wrapped(say.unreachable, 80, 2), ...wrapped(why.words[locale], 80, 4)]),
    ...rows.flatMap(([name, value]) => {
      const [first = '', ...rest] = wrapped(value, 80, width + 4)
      return [`  ${name.padEnd(width)}  ${first.trimStart()}`, ...rest]
    }),
  ]
}

function rowsOf({ plan, where, own, listed, made, next }: PlanStatus, now: number, locale: Locale) {
  const say = backupsWords[locale]
  const moment = momentsOf(locale)
  const ago = agoIn(locale)
  const { of, incremental, recipients } = plan
  const { lastAttempt, lastMade, lastDrill, log } = own
  const since = (at: number | null) => (at === null ? say.never : say.ago(moment(at), ago(at, now)))
  const rows: (readonly [string, string])[] = [
    [say.row.of, of.kind === 'folder' ? of.path : of.url === 'own' ? say.own : shown(of.url)],
    [say.row.where, where],
    [say.row.lastFull, since(made.full)],
  ]
  const changes = listed?.backups.findLast(({ kind }) => kind === 'incremental')
  const last = changes?.startedAt ?? (lastMade?.kind === 'incremental' ? lastMade.startedAt : null)
  if (last !== null && last > (made.full ?? 0)) rows.push([say.row.last, since(last)])
  if (lastAttempt !== null && lastAttempt.outcome !== 'made') {
    const how = say.outcome[lastAttempt.outcome]
    const reason = lastAttempt.why === null ? '' : `: ${lastAttempt.why.words[locale]}`
    rows.push([say.row.failed, `${moment(lastAttempt.startedAt)}, ${how}${reason}`])
  }
  rows.push([say.row.next, `${say.kinds[next.kind]}, ${next.at <= now ? say.due : moment(next.at)}`])
  if (of.kind === 'postgresql' && incremental !== null)
    rows.push([
      say.row.log,
      log === null
        ? say.noLog
        : `${say.until(moment(log.at), log.lsn)}${log.why === null ? '' : ` – ${log.why.words[locale]}`}`,
    ])
  const restorable = restorableOf(listed, locale)
  if (restorable !== null) rows.push([say.row.restorable, restorable])
  rows.push([say.row.readers, recipients.join(' ')])
  if (lastDrill === null) rows.push([say.row.drill, say.never])
  else {
    const { outcome, endedAt, files, tables, why } = lastDrill
    const count = new Intl.NumberFormat(languageTag[locale]).format(lastDrill.rows)
    const seen = why === null ? say.drilled(files, tables, count) : why.words[locale]
    rows.push([say.row.drill, `${say.drill[outcome]}, ${moment(endedAt)}: ${seen}`])
  }
  const left = listed?.unfinished ?? []
  const size = left.reduce((sum, each) => sum + each.bytes, 0)
  if (left.length > 0) rows.push([say.row.unfinished, say.unfinished(left.length, bytes(size, locale))])
  return rows
}

function restorableOf(listed: PlanStatus['listed'], locale: Locale): string | null {
  const say = backupsWords[locale]
  const moment = momentsOf(locale)
  const [oldest] = listed?.backups ?? []
  if (listed === null || oldest === undefined) return null
  if (oldest.of === 'folder') return say.moments(listed.backups.length, moment(oldest.startedAt))
  const spans = listed.spans.filter(({ to }) => to !== null)
  const [first, last] = [spans[0], spans.at(-1)]
  return first === undefined || last === undefined
    ? null
    : say.between(moment(first.from), moment(last.to ?? first.from))
}

/** An address without its password. */
function shown(address: string): string {
  const url = new URL(address)
  url.password = ''
  return url.href
}
