import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { generateKey } from '@hevd/archive'
import { wallClock } from '../clock.ts'
import { type BackupsRun, tell } from './backups-run.ts'
import { BackupsError } from './errors.ts'

/** `hevd backups keygen`: a file as age-keygen writes it. @param out `-` for standard output */
export async function keygen(run: BackupsRun, out: string): Promise<number> {
  const { identity, recipient } = await generateKey()
  const text = `# created: ${new Date(wallClock()).toISOString()}\n# public key: ${recipient}\n${identity}\n`
  const { json, terminal } = run
  if (out === '-') {
    terminal.write(text.trimEnd())
    return 0
  }
  const path = resolve(out)
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '') throw error
    throw code === 'EEXIST'
      ? new BackupsError('file-exists', { path })
      : new BackupsError('file-not-written', { path, code })
  }
  if (json) terminal.write(JSON.stringify({ recipient, file: path }))
  else {
    terminal.write(recipient)
    terminal.write('')
    tell(run, {
      nb: `Identiteten ligger i ${path}. Den som har den, kan lese alle kopiene; uten den kan ingen gjenopprettes. Ta den bort fra vertene som sikkerhetskopieres, og oppbevar to eksemplarer på ulike steder.`,
      en: `The identity is in ${path}. Whoever has it can read all backups; without it none can be restored. Take it away from the hosts that are backed up, and keep two copies in different places.`,
    })
  }
  return 0
}
