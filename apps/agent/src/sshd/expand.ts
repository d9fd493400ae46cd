import { posix } from 'node:path'
import type { PasswdRow } from '../collectors/name-service.ts'

/** Tokens of AuthorizedKeysFile and AuthorizedPrincipalsFile in sshd_config(5); a relative path is below the home folder. */
export function expand(
  pattern: string,
  { name, uid, home }: Pick<PasswdRow, 'name' | 'uid' | 'home'>,
): string {
  const tokens: Readonly<Record<string, string>> = { '%': '%', h: home, u: name, U: String(uid) }
  const path = pattern.replace(/%(.)/g, (whole, token: string) => tokens[token] ?? whole)
  return posix.normalize(path.startsWith('/') ? path : `${home}/${path}`)
}
