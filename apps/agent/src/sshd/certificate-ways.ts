import type { PasswdRow } from '../collectors/name-service.ts'

/** How one kind of connection is let in by a user certificate, as `sshd -T` says it. */
export type CertificateWay = {
  /** File of `TrustedUserCAKeys`. */
  readonly authorities: string
  /** `AuthorizedPrincipalsFile` as written, and `AuthorizedPrincipalsCommand`; null without. */
  readonly principalsFile: string | null
  readonly principalsCommand: string | null
  readonly strictModes: boolean
  /** Whether root may come so at all. */
  readonly root: boolean
  readonly allowUsers: readonly string[]
  readonly denyUsers: readonly string[]
  readonly allowGroups: readonly string[]
  readonly denyGroups: readonly string[]
}

/**
 * Whether sshd lets an account in at all from somewhere, by its lists of users and groups (`allowed_user` in auth.c). A
 * pattern `user@host` lets in from that host; one that denies leaves the other hosts.
 */
export function admits(
  way: CertificateWay,
  { name, uid }: Pick<PasswdRow, 'name' | 'uid'>,
  groups: readonly string[],
): boolean {
  const everywhere = way.denyUsers.filter((pattern) => !pattern.includes('@'))
  const users = way.allowUsers.map((pattern) => pattern.replace(/@[^@]*$/, ''))
  const fits = (pattern: string, names: readonly string[]) => names.some((one) => matches(pattern, one))
  if (uid === 0 && !way.root) return false
  if (everywhere.some((pattern) => fits(pattern, [name]))) return false
  if (users.length > 0 && !users.some((pattern) => fits(pattern, [name]))) return false
  if (way.denyGroups.some((pattern) => fits(pattern, groups))) return false
  return way.allowGroups.length === 0 || way.allowGroups.some((pattern) => fits(pattern, groups))
}

/** PATTERNS of ssh_config(5): `*` and `?`. */
function matches(pattern: string, name: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(name)
}

/** Names of a principals file, one of which a certificate must bear; a line may begin with options, sshd(8). */
export function parsePrincipals(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const principal = line
      .replace(/#.*$/, '')
      .trim()
      .split(/[ \t]+/)
      .at(-1)
    return principal === undefined || principal === '' ? [] : [principal]
  })
}
