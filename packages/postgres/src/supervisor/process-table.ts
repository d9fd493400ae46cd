import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { type Account, asAccount } from './account.ts'

const run = promisify(execFile)

/** True while a process runs; one that has ended and was not yet collected by its parent is gone. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8')
    const state = text.slice(text.lastIndexOf(')') + 2)[0]
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

/** Some process has this number, be it only one that has ended and was not collected. */
export async function isTaken(pid: number): Promise<boolean> {
  return stat(`/proc/${pid}`).then(
    () => true,
    () => false,
  )
}

/** True for a living process whose program is called `postgres`, whoever runs it. */
export async function isPostgres(pid: number): Promise<boolean> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
  return name.trim() === 'postgres' && (await isAlive(pid))
}

const WORKERS = 'for each in /proc/[0-9]*; do [ "$each/cwd" -ef "$1" ] && echo "${each#/proc/}"; done; true'

/** Asked as the account itself: root without CAP_SYS_PTRACE, as in most containers, may not see where others work. */
async function seenByAccount(directory: string, account: Account): Promise<number[]> {
  const { stdout } = await run('sh', ['-c', WORKERS, 'workers', directory], {
    ...asAccount(account),
    cwd: '/',
  })
  return stdout.split('\n').filter(Boolean).map(Number)
}

async function seenByUs(directory: string): Promise<number[]> {
  const wanted = await stat(directory)
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger)
  const works = await Promise.all(
    pids.map((pid) =>
      stat(`/proc/${pid}/cwd`).then(
        ({ dev, ino }) => dev === wanted.dev && ino === wanted.ino,
        () => false,
      ),
    ),
  )
  return pids.filter((_, index) => works[index])
}

/** The living processes that work in a directory, which every process of a PostgreSQL server does in its data. */
export async function workersIn(directory: string, account: Account | undefined): Promise<number[]> {
  const seen = account ? await seenByAccount(directory, account) : await seenByUs(directory)
  const alive = await Promise.all(seen.map(isAlive))
  return seen.filter((_, index) => alive[index])
}
