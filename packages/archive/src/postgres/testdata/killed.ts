import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Begins a backup, the archiving of log or a restore in a process of its own, and kills it in the middle. */
export async function killedInTheMiddle(
  work: 'backup' | 'archive' | 'restore',
  settings: object,
): Promise<void> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('killed.fixture.ts', import.meta.url)), work, JSON.stringify(settings)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (text) => {
    said += text
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const middle = new Promise<void>((resolve) =>
    child.stdout.on('data', (text) => String(text).includes('middle') && resolve()),
  )
  await Promise.race([middle, ended.then(() => Promise.reject(new Error(said)))])
  child.kill('SIGKILL')
  await ended
}
