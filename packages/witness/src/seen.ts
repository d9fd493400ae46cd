import { hash } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Checkpoint, parseCheckpoint, parseNote } from '@hevd/tlog'
import { readIfThere, writeDurably } from './durable-file.ts'
import { WitnessError } from './errors.ts'

/** The newest checkpoint of each log that was confirmed: one file a log, the signed checkpoint itself. */
export type Seen = {
  /** Null for a log of which none was confirmed. Throws `state-damaged`. */
  newest(origin: string): Checkpoint | null
  /** Durable when it returns. */
  keep(origin: string, note: string): void
  isEmpty(): boolean
}

export function openSeen(folder: string): Seen {
  const files = join(folder, 'seen')
  mkdirSync(files, { recursive: true, mode: 0o700 })
  const pathOf = (origin: string) => join(files, `${hash('sha256', origin).slice(0, 32)}.checkpoint`)
  return {
    newest(origin) {
      const path = pathOf(origin)
      const note = readIfThere(path)
      if (note === null) return null
      const checkpoint = parsed(note)
      if (checkpoint?.origin !== origin) throw new WitnessError('state-damaged', { path })
      return checkpoint
    },
    keep: (origin, note) => writeDurably(pathOf(origin), note, 0o600),
    isEmpty: () => !readdirSync(files).some((name) => name.endsWith('.checkpoint')),
  }
}

function parsed(note: string): Checkpoint | null {
  try {
    return parseCheckpoint(parseNote(note).text)
  } catch {
    return null
  }
}
