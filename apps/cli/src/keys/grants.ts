import { dateOf } from '@hevd/core'
import { me } from '@hevd/identity/contract'
import { askingGrant, type Grant, grant, grantList } from '@hevd/keys/contract'
import { wallClock } from '../clock.ts'
import { CallError } from './errors.ts'
import { accountsNamed, type KeysRun, signedIn } from './run.ts'
import type { Session } from './session.ts'
import { keysWords } from './words.ts'

/** `hevd keys grants`: those in force, to come or asked for; `all` those that are over as well. */
export function grants(run: KeysRun, all: boolean): Promise<number> {
  return signedIn(run, async (session) => {
    const found = await session.read(`/api/key-grants?show=${all ? 'all' : 'current'}`, grantList)
    const { json, locale, terminal } = run
    if (json) terminal.write(JSON.stringify(found))
    else if (found.length === 0) terminal.write(keysWords[locale].noGrants)
    else for (const one of found) tell(run, one)
  })
}

/** What `hevd keys ask` was given. For oneself, where neither account nor service is. */
export type AskedGrant = {
  readonly key: string
  /** User name of an account. */
  readonly account?: string | undefined
  /** Id of a named service. */
  readonly service?: string | undefined
  readonly may: readonly string[]
  readonly why: string
  /** Dates, `YYYY-MM-DD`; from today where nothing is said. */
  readonly from?: string | undefined
  readonly until: string
}

/** `hevd keys ask KEY`. */
export function askForGrant(run: KeysRun, asked: AskedGrant): Promise<number> {
  return signedIn(run, async (session) => {
    const { organisation } = await session.read('/api/me', me)
    const body = askingGrant.safeParse({
      key: asked.key,
      holder: await holderOf(session, asked),
      operations: asked.may,
      purpose: asked.why,
      from: asked.from ?? dateOf(wallClock(), organisation.timeZone),
      until: asked.until,
    })
    if (!body.success) {
      const field = String(body.error.issues[0]?.path[0] ?? '')
      throw new CallError({ nb: keysWords.nb.notAGrant(field), en: keysWords.en.notAGrant(field) })
    }
    tell(run, await session.act('POST', '/api/key-grants', body.data, grant))
  })
}

async function holderOf(session: Session, { account, service }: AskedGrant) {
  if (service !== undefined) return { kind: 'service', id: service }
  if (account === undefined) return { kind: 'account', id: (await session.read('/api/me', me)).account.id }
  const [id] = await accountsNamed(session, [account])
  return { kind: 'account', id }
}

/** `hevd keys approve|refuse|revoke GRANT`. */
export function decide(run: KeysRun, how: 'approve' | 'refuse' | 'revoke', id: string): Promise<number> {
  return signedIn(run, async (session) => {
    tell(run, await session.act('POST', `/api/key-grants/${encodeURIComponent(id)}/${how}`, null, grant))
  })
}

function tell({ json, locale, terminal }: KeysRun, one: Grant): void {
  if (json) {
    terminal.write(JSON.stringify(one))
    return
  }
  const say = keysWords[locale]
  terminal.write(`${one.id}  ${say.grantState[one.state]}`)
  terminal.write(`  ${one.holder.name} → ${one.key}: ${one.operations.join(', ')}`)
  terminal.write(`  ${one.purpose} (${one.from} – ${one.until})`)
}
