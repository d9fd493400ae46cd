import type { AgentStatus, Collector, CollectorDescription } from '@hevd/agent'
import { type Duration, type Locale, languageTag, milliseconds } from '@hevd/core'
import { factTitles } from '@hevd/facts/titles'
import { type Terminal, wrapped } from '../terminal.ts'
import type { HostStatus } from './host-status.ts'
import { statusWords } from './status-words.ts'

/** What `hevd agent status` prints for people, within the terminal's width. */
export function statusText(
  { state, membership, status, collectors, now }: HostStatus,
  locale: Locale,
  zone: string,
  { columns }: Pick<Terminal, 'columns'>,
): string[] {
  const say = statusWords[locale]
  const moment = momentIn(locale, zone)
  const rows: (readonly [string, string])[] = []
  const add = (name: string, value: string | null) => {
    if (value !== null) rows.push([name, value])
  }
  if (membership !== null) {
    const { host, server, ends, renews, joinedAt, rejoined } = membership
    add(say.host, `${host.name} (${host.id})`)
    add(say.server, server)
    add(say.joined, rejoined ? say.rejoined(moment(joinedAt)) : moment(joinedAt))
    add(say.certificate, now >= ends ? say.expired(moment(ends)) : say.good(moment(ends), moment(renews)))
  }
  if (status !== null) {
    add(say.agent, say.version(status.version, status.root))
    add(say.contact, status.lastContactAt === null ? say.never : contactOf(status, say, moment))
    add(say.trouble, status.trouble === null ? null : troubleOf(status, locale, moment))
    add(say.waiting, waitingOf(status, say, moment))
  }
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return [
    ...wrapped(`${state === 'heard' ? '●' : '▲'} ${say.state[state]}`, columns, 0),
    '',
    ...rows.flatMap(([name, value]) => {
      const [first = '', ...rest] = wrapped(value, columns, width + 4)
      return [`  ${name.padEnd(width)}  ${first.trimStart()}`, ...rest]
    }),
    '',
    say.reads,
    ...collectors.flatMap((collector) => ['', ...collectorLines(collector, status, locale, moment, columns)]),
    '',
    ...wrapped(say.nothingElse, columns, 0),
  ]
}

type Moment = (at: number) => string
type Words = (typeof statusWords)[Locale]

function momentIn(locale: Locale, zone: string): Moment {
  const format = new Intl.DateTimeFormat(languageTag[locale], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  return (at) => format.format(at)
}

function contactOf({ lastContactAt, serverVersion }: AgentStatus, say: Words, moment: Moment): string {
  return say.heardBy(moment(lastContactAt ?? 0), serverVersion)
}

function troubleOf({ trouble }: AgentStatus, locale: Locale, moment: Moment): string | null {
  if (trouble === null) return null
  const say = statusWords[locale]
  return say.since(
    trouble.words?.[locale] ?? say.troubles[trouble.code] ?? say.noAnswer(trouble.code),
    moment(trouble.since),
  )
}

function waitingOf({ waiting }: AgentStatus, say: Words, moment: Moment): string {
  const { reports, bytes, oldest } = waiting
  return reports === 0 || oldest === null
    ? say.nothingWaits
    : say.waits(reports, Math.ceil(bytes / 1024), moment(oldest))
}

function collectorLines(
  {
    name,
    title,
    interval,
    description,
  }: Pick<Collector, 'name' | 'title' | 'interval'> & {
    readonly description: CollectorDescription | undefined
  },
  status: AgentStatus | null,
  locale: Locale,
  moment: Moment,
  columns: number,
): string[] {
  const say = statusWords[locale]
  const run = status?.collectors[name]
  const lines = [
    `${title[locale]} · ${every(interval, say)} · ${run === undefined ? say.notYet : say.last(moment(run.lastRunAt), run.facts)}`,
    description && `${say.itReads}: ${description.reads[locale]}`,
    description && `${say.itSends}: ${description.sends[locale]}`,
    description && `${say.right}: ${description.right[locale]}`,
    ...gapsOf(run?.gaps ?? [], locale),
  ]
  return lines.flatMap((line, at) => {
    if (line === undefined) return []
    // A line that goes on stands under its text, not under its dash.
    const [first = '', ...rest] = wrapped(line, columns, at === 0 ? 2 : 6)
    return [at === 0 ? first : `    – ${first.trimStart()}`, ...rest]
  })
}

/** What was not seen, said once for each reason. */
function gapsOf(gaps: AgentStatus['collectors'][string]['gaps'], locale: Locale): string[] {
  const say = statusWords[locale]
  const byReason = Map.groupBy(gaps, ({ state, detail }) => `${state}|${detail}`)
  return [...byReason.values()].map((same) => {
    const types = [...new Set(same.map(({ type }) => factTitles[type]?.[locale] ?? type))].join(', ')
    const [first] = same
    return say.gap(types, first?.state ?? 'failed', first?.detail ?? '')
  })
}

function every(interval: Duration, say: Words): string {
  const minutes = milliseconds(interval) / 60_000
  return minutes < 60 ? say.everyMinutes(minutes) : say.everyHours(minutes / 60)
}
