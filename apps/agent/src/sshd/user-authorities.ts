import type { certificateAuthorities, ValueOf } from '@hevd/facts'
import { failedBy, firstGap, type Gap, needsRight, partialWithout, rootRight } from '../collector.ts'
import { readGroups } from '../collectors/accounts.ts'
import type { GroupRow, PasswdRow } from '../collectors/name-service.ts'
import type { HostAccess } from '../host/access.ts'
import { parseAuthorizedKeys } from './authorized-keys.ts'
import { admits, type CertificateWay, parsePrincipals } from './certificate-ways.ts'
import type { EffectiveServer } from './effective.ts'
import { expand } from './expand.ts'
import { isSafe } from './strict-modes.ts'

type Authority = ValueOf<typeof certificateAuthorities>
type Seen = { readonly authorities: readonly Authority[]; readonly gap: Gap }

/** Authorities whose certificates open accounts, by what sshd itself would do for each account. */
export async function userAuthorities(
  access: HostAccess,
  rows: readonly PasswdRow[],
  servers: readonly EffectiveServer[],
): Promise<Seen> {
  const ways = servers.flatMap(({ everybody, accounts }) =>
    [everybody, ...accounts.values()].flatMap(({ certificateWays }) => certificateWays),
  )
  if (ways.length === 0) return { authorities: [], gap: null }
  const listed = await readGroups(access)
  const groups = listed.kind === 'failed' ? [] : listed.rows
  const groupGap = listed.kind === 'failed' ? failedBy(listed.error) : listed.gap
  const byGroup = ways.some((way) => way.allowGroups.length + way.denyGroups.length > 0)
  const found = await Promise.all(rows.map((row) => ofAccount(access, row, servers, groups)))
  const unique = new Map(
    found.flatMap(({ authorities }) => authorities.map((one) => [JSON.stringify(one), one])),
  )
  return {
    authorities: [...unique.values()],
    gap: firstGap(...found.map(({ gap }) => gap), byGroup ? groupGap : null),
  }
}

async function ofAccount(
  access: HostAccess,
  row: PasswdRow,
  servers: readonly EffectiveServer[],
  groups: readonly GroupRow[],
): Promise<Seen> {
  const own = groups.filter(({ gid, members }) => gid === row.gid || members.includes(row.name))
  const names = own.map(({ name }) => name)
  const ways = servers
    .flatMap(({ everybody, accounts }) => (accounts.get(row.name) ?? everybody).certificateWays)
    .filter((way) => admits(way, row, names))
  if (ways.length === 0 || !(await hasShell(access, row))) return { authorities: [], gap: null }
  const seen = await Promise.all(ways.map((way) => ofWay(access, row, way)))
  return {
    authorities: seen.flatMap(({ authorities }) => authorities),
    gap: firstGap(...seen.map(({ gap }) => gap)),
  }
}

/** sshd lets nobody in whose shell is not there or may not be run, whatever it is. */
async function hasShell({ files }: HostAccess, { shell }: PasswdRow): Promise<boolean> {
  const status = await files.status(shell === '' ? '/bin/sh' : shell)
  if (status.kind !== 'seen') return status.kind === 'refused'
  return status.value.kind === 'file' && (status.value.mode & 0o111) !== 0
}

async function ofWay(access: HostAccess, row: PasswdRow, way: CertificateWay): Promise<Seen> {
  const { principals, gap } = await principalsOf(access, row, way)
  if (principals.length === 0) return { authorities: [], gap }
  const text = await access.files.text(way.authorities)
  if (text.kind === 'refused')
    return { authorities: [], gap: needsRight(`${rootRight} (${way.authorities})`) }
  const keys = text.kind === 'absent' ? [] : parseAuthorizedKeys(text.value, access.now())
  const authorities = keys
    .filter(({ options, certificateAuthority }) => options.length === 0 && !certificateAuthority)
    .map(({ line, fingerprint, type, bits }) => ({
      host: access.host.id,
      account: row.name,
      fingerprint,
      keyType: type,
      bits,
      principals,
      file: way.authorities,
      line,
    }))
  return { authorities, gap }
}

/** Names of which a certificate must bear one: the account's own, unless a file or a program says others. */
async function principalsOf(
  access: HostAccess,
  row: PasswdRow,
  { principalsFile, principalsCommand, strictModes }: CertificateWay,
): Promise<{ readonly principals: string[]; readonly gap: Gap }> {
  if (principalsFile === null && principalsCommand === null) return { principals: [row.name], gap: null }
  const byProgram =
    principalsCommand === null ? null : partialWithout(`AuthorizedPrincipalsCommand ${principalsCommand}`)
  if (principalsFile === null) return { principals: [], gap: byProgram }
  const file = expand(principalsFile, row)
  const text = await access.files.text(file)
  const safe = strictModes && text.kind === 'seen' ? await isSafe(access, file, row) : null
  if (text.kind === 'refused' || safe?.kind === 'refused')
    return { principals: [], gap: needsRight(`${rootRight} (${file})`) }
  const isRead = text.kind === 'seen' && (safe === null || (safe.kind === 'seen' && safe.value))
  return { principals: isRead ? parsePrincipals(text.value) : [], gap: byProgram }
}
