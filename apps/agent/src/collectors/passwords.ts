import { passwordStates } from '@hevd/facts'
import { type Collector, collected, failedBy, needsRight, rootRight } from '../collector.ts'
import type { HostAccess } from '../host/access.ts'
import { readPasswd, whyNot } from './accounts.ts'
import type { PasswdRow } from './name-service.ts'
import { parseShadow, passwordState, type ShadowRow } from './shadow.ts'

/** Whether each account has a password, and by which scheme it is kept. The hash is read and dropped. */
export const passwordsCollector: Collector = {
  name: 'passwords',
  types: [passwordStates.name],
  title: { nb: 'Passordenes tilstand', en: 'State of passwords' },
  interval: 'PT1M',
  collect: async (access) => {
    const host = access.host.id
    const passwd = await readPasswd(access)
    if (passwd.kind === 'failed') return collected(passwordStates, host, [], failedBy(passwd.error))
    const shadow = await readShadow(access)
    if (shadow.kind === 'refused') return collected(passwordStates, host, [], needsRight(rootRight))
    if (shadow.kind === 'failed') return collected(passwordStates, host, [], failedBy(shadow.error))
    const values = passwd.rows.map((row) => ({
      host,
      account: row.name,
      ...stateOf(row, shadow.rows.get(row.name)),
    }))
    return collected(passwordStates, host, values, passwd.gap)
  },
}

/** An `x` in passwd(5) points to shadow(5); without a row there nothing can match. */
function stateOf({ password }: PasswdRow, row: ShadowRow | undefined) {
  const { state, scheme } = password === 'x' ? (row ?? passwordState('!')) : passwordState(password)
  return { state, scheme, accountExpires: row?.accountExpires ?? null }
}

type Shadow =
  | { readonly kind: 'read'; readonly rows: ReadonlyMap<string, ShadowRow> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly error: string }

/** getent answers with nothing, not with an error, where shadow may not be read: so the file is tried first. */
async function readShadow(access: HostAccess): Promise<Shadow> {
  const file = await access.files.text('/etc/shadow')
  if (file.kind === 'refused') return { kind: 'refused' }
  if (file.kind === 'absent') return { kind: 'read', rows: new Map() }
  const ran = await access.run('getent', ['shadow'])
  if (ran.kind !== 'ran' || ran.code !== 0) return { kind: 'failed', error: `getent shadow: ${whyNot(ran)}` }
  return { kind: 'read', rows: parseShadow(ran.out) }
}
