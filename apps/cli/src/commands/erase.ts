import type { Locale } from '@hevd/core'
import { finishErasuresIn, type ServerConfig } from '@hevd/server'
import type { Terminal } from '../terminal.ts'

const words = {
  nb: {
    rewriting: 'Skriver om tabellene. Hver av dem er låst mens det skjer',
    ours: 'Databasen er Hevds egen og skrives om av seg selv. Det er ingenting å gjøre.',
    done: (count: number) => `Tabellene er skrevet om, og ${count} slettinger er ferdige.`,
    operator:
      'Det som er igjen, er databasens: la WAL, arkivet av den, replikaer og sikkerhetskopier fra før nå gå ut av oppbevaringen. Kjør «checkpoint» som superbruker.',
  },
  en: {
    rewriting: 'Rewriting the tables. Each is locked meanwhile',
    ours: 'The database is Hevd’s own and rewrites itself. There is nothing to do.',
    done: (count: number) => `The tables were rewritten, and ${count} erasures are done.`,
    operator:
      'What is left is the database’s: let its write-ahead log, archives of it, standbys and backups from before now go out of retention. Run “checkpoint” as a superuser.',
  },
} as const

/** `hevd erase finish`. Exit code 0. */
export async function eraseFinish({
  config,
  locale,
  terminal,
}: {
  readonly config: ServerConfig
  readonly locale: Locale
  readonly terminal: Terminal
}): Promise<number> {
  const say = words[locale]
  terminal.progress(`${say.rewriting} …`)
  const finished = await finishErasuresIn(config)
  if (finished === null) terminal.write(say.ours)
  else {
    terminal.write(say.done(finished))
    terminal.write(say.operator)
  }
  return 0
}
