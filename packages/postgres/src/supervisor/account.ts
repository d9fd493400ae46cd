import { readFile, stat } from 'node:fs/promises'
import { PostgresError } from '../errors.ts'

/** The uid and gid PostgreSQL runs as; undefined: our own. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number }

/** PostgreSQL refuses root, and initdb wants an account with a name: these are tried in order. */
const CANDIDATES = ['postgres', 'nobody']

async function accounts(): Promise<Account[]> {
  const passwd = await readFile('/etc/passwd', 'utf8')
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':')
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Decides the account. As an ordinary user: oneself. As root: whoever owns the data directory already, else
 * `postgres`, else `nobody`. Throws `not-ours` and `no-account`.
 */
export async function chooseAccount(data: string, self: number): Promise<Account | undefined> {
  const owner = await ownerOf(data)
  if (self !== 0) {
    if (owner && owner.uid !== self)
      throw new PostgresError('not-ours', { path: data, owner: owner.uid, user: self })
    return undefined
  }
  const all = await accounts()
  if (owner) {
    if (owner.uid === 0) throw new PostgresError('not-ours', { path: data, owner: 0, user: 0 })
    return (
      all.find(({ uid }) => uid === owner.uid) ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid }
    )
  }
  for (const name of CANDIDATES) {
    const found = all.find((account) => account.name === name && account.uid !== 0)
    if (found) return found
  }
  throw new PostgresError('no-account')
}

/** An account by its name, where we are root and can run something as it; undefined otherwise. */
export async function accountOf(name: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await accounts()).find((account) => account.name === name)
}

/** The spawn options that make a child run as the account. */
export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {}
}
