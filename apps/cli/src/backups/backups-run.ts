import type { Bilingual, Locale } from '@hevd/core'
import type { ServerConfig } from '@hevd/server'
import { type Terminal, wrapped } from '../terminal.ts'

/** What each command of `hevd backups` is run with. */
export type BackupsRun = {
  readonly config: ServerConfig
  readonly json: boolean
  readonly locale: Locale
  readonly terminal: Terminal
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal
}

/** Writes words within the terminal's width. */
export function tell({ locale, terminal }: Pick<BackupsRun, 'locale' | 'terminal'>, words: Bilingual): void {
  for (const line of wrapped(words[locale], Math.min(terminal.columns, 80), 0)) terminal.write(line)
}
