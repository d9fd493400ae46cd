import type { Progress } from '@hevd/archive'
import { type Bilingual, type Locale, languageTag } from '@hevd/core'
import { bytes } from '../bytes.ts'
import type { Terminal } from '../terminal.ts'

/** What long work says that it is doing; `isCount`: what it tells then are things, not bytes. */
const steps = new Map<string, { readonly words: Bilingual; readonly isCount?: boolean }>([
  ['looking', { words: { nb: 'ser etter endringer', en: 'looking for changes' }, isCount: true }],
  ['counting', { words: { nb: 'teller rader', en: 'counting rows' } }],
  ['copying', { words: { nb: 'kopierer', en: 'copying' } }],
  ['archiving', { words: { nb: 'arkiverer WAL', en: 'archiving WAL' } }],
  ['backups', { words: { nb: 'krypterer kopier på nytt', en: 'encrypting backups anew' } }],
  ['wal', { words: { nb: 'krypterer WAL på nytt', en: 'encrypting WAL anew' } }],
  ['log', { words: { nb: 'henter WAL', en: 'fetching WAL' } }],
  ['files', { words: { nb: 'henter filer', en: 'fetching files' } }],
  ['comparing', { words: { nb: 'sammenligner', en: 'comparing' }, isCount: true }],
])
const numbers = { nb: new Intl.NumberFormat(languageTag.nb), en: new Intl.NumberFormat(languageTag.en) }

const barWidth = 20
const between = 100

/**
 * A bar that long work moves: what it is doing, how far, how fast, how long it will take. Drawn ten times a second at most.
 * @param monotonic milliseconds
 */
export function progressBar(
  what: string,
  terminal: Terminal,
  locale: Locale,
  monotonic: () => number = () => performance.now(),
): Progress {
  let [step, began, drawn] = ['', monotonic(), 0]
  return (name, done, total) => {
    const now = monotonic()
    if (name !== step) [step, began, drawn] = [name, now, 0]
    if (now - drawn < between && done !== total) return
    drawn = now
    terminal.progress(barLine({ what, step, done, total, elapsed: now - began }, locale))
  }
}

/** One line of progress; `elapsed` in milliseconds, `total` null while nobody can know it. */
export function barLine(
  at: {
    readonly what: string
    readonly step: string
    readonly done: number
    readonly total: number | null
    readonly elapsed: number
  },
  locale: Locale,
): string {
  const { what, done, total, elapsed } = at
  const known = steps.get(at.step)
  const step = known?.words[locale] ?? at.step
  if (known?.isCount) return [what, step, numbers[locale].format(done)].join('  ')
  const speed = elapsed < 1000 ? null : done / (elapsed / 1000)
  const shown = [
    ...(total === null && done === 0
      ? []
      : [total === null ? bytes(done, locale) : `${bytes(done, locale)}/${bytes(total, locale)}`]),
    speed === null || done === 0 ? '' : `${bytes(speed, locale)}/s`,
    speed === null || total === null || speed === 0 ? '' : clock((Math.max(0, total - done) / speed) * 1000),
  ].filter(Boolean)
  return [
    what,
    ...(total === null || total === 0 ? [] : [bar(Math.min(1, done / total))]),
    step,
    ...shown,
  ].join('  ')
}

function bar(share: number): string {
  const full = Math.floor(share * barWidth)
  return `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${String(Math.floor(share * 100)).padStart(3)} %`
}

/** Milliseconds as `m:ss`, `h:mm:ss`. */
export function clock(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
