import { type Locale, languageTag } from '@hevd/core'
import { account } from '@hevd/identity/contract'
import { choosingSeal, keyDetail, keyList, type RootKey, rootKey, takenShare } from '@hevd/keys/contract'
import { z } from 'zod'
import { mark, type Terminal } from '../terminal.ts'
import type { Ask } from './ask.ts'
import { CallError } from './errors.ts'
import { readOpen, type Session, signIn } from './session.ts'
import { keysWords } from './words.ts'

/** How a command of `hevd keys` was asked for. */
export type KeysRun = {
  readonly server: string
  readonly user: string | undefined
  readonly json: boolean
  readonly ask: Ask
  readonly locale: Locale
  readonly terminal: Terminal
}

const sealStatus = z.object({
  initialized: z.boolean(),
  sealed: z.boolean(),
  type: z.string(),
  t: z.int(),
  n: z.int(),
  progress: z.int(),
})

/** `hevd keys status`. Exit code: 0 open, 1 sealed or not there. Nobody needs to sign in. */
export async function status({ server, json, locale, terminal }: KeysRun): Promise<number> {
  const { initialized, sealed, t, progress } = await readOpen(server, '/v1/sys/seal-status', sealStatus)
  const say = keysWords[locale]
  if (json) terminal.write(JSON.stringify({ initialized, sealed, threshold: t, given: progress }))
  else {
    const words = !initialized ? say.notInitialised : sealed ? say.sealed(progress, t) : say.open
    terminal.write(`${mark(initialized && !sealed ? 'holds' : 'fails', terminal)} ${words}`)
  }
  return initialized && !sealed ? 0 : 1
}

/** `hevd keys list`. */
export function list(run: KeysRun): Promise<number> {
  return signedIn(run, async (session) => {
    const keys = await session.read('/api/keys', keyList)
    const { json, locale, terminal } = run
    const say = keysWords[locale]
    if (json) terminal.write(JSON.stringify(keys))
    else if (keys.length === 0) terminal.write(say.noKeys)
    else
      for (const { name, type, version, rotatedAt, holders, deletedAt } of keys)
        terminal.write(
          [
            name,
            type,
            `v${version}`,
            say.rotated(date(rotatedAt, locale)),
            deletedAt === null ? say.holders(holders) : say.deleted,
          ].join('  '),
        )
  })
}

/** `hevd keys show NAME`. */
export function show(run: KeysRun, name: string): Promise<number> {
  return signedIn(run, async (session) => {
    const key = await session.read(`/api/keys/${encodeURIComponent(name)}`, keyDetail)
    const { json, locale, terminal } = run
    if (json) {
      terminal.write(JSON.stringify(key))
      return
    }
    const say = keysWords[locale]
    terminal.write(`${key.name}  ${key.type}  v${key.version}  ${say.rotated(date(key.rotatedAt, locale))}`)
    const live = key.grants.filter(({ state }) => state === 'in-force' || state === 'to-come')
    if (live.length === 0) terminal.write(say.nobody)
    for (const { holder, operations, purpose, from, until } of live)
      terminal.write(`  ${holder.name}: ${operations.join(', ')}. ${purpose} (${from} – ${until})`)
  })
}

/** `hevd keys init`. */
export function init(
  run: KeysRun,
  asked: { readonly seal: string; readonly threshold: number; readonly custodians: readonly string[] },
): Promise<number> {
  return signedIn(run, async (session) => {
    const custodians = asked.seal === 'shares' ? await accountsNamed(session, asked.custodians) : []
    const choice = choosingSeal.safeParse({ ...asked, custodians })
    if (!choice.success) throw new CallError({ nb: keysWords.nb.notValid, en: keysWords.en.notValid })
    tell(run, await session.act('POST', '/api/root-key', choice.data, rootKey))
  })
}

/** Ids of accounts by their user names. Throws CallError. */
export async function accountsNamed(session: Session, names: readonly string[]): Promise<string[]> {
  const accounts = await session.read('/api/accounts', z.array(account))
  return names.map((name) => {
    const found = accounts.find(({ userName }) => userName === name.toLowerCase())
    if (found === undefined)
      throw new CallError({ nb: keysWords.nb.noAccount(name), en: keysWords.en.noAccount(name) })
    return found.id
  })
}

/** `hevd keys share`. The share alone is written to standard output. */
export function share(run: KeysRun): Promise<number> {
  return signedIn(run, async (session) => {
    const taken = await session.act('POST', '/api/root-key/share', null, takenShare)
    const { json, locale, terminal } = run
    terminal.progress(keysWords[locale].keep)
    terminal.write(json ? JSON.stringify(taken) : taken.share)
  })
}

/** `hevd keys unseal`: reads the share without showing it. */
export function unseal(run: KeysRun): Promise<number> {
  return signedIn(run, async (session) => {
    const given = (await run.ask(keysWords[run.locale].share, true)).trim()
    tell(run, await session.act('POST', '/api/root-key/unseal', { share: given }, rootKey))
  })
}

/** `hevd keys seal`. */
export function seal(run: KeysRun): Promise<number> {
  return signedIn(run, async (session) => {
    tell(run, await session.act('POST', '/api/root-key/seal', null, rootKey))
  })
}

function tell({ json, locale, terminal }: KeysRun, root: RootKey): void {
  const say = keysWords[locale]
  if (json) terminal.write(JSON.stringify(root))
  else if (root.sharing !== null)
    terminal.write(say.waitsFor(root.sharing.waitsFor.map(({ name }) => name).join(', ')))
  else if (root.state === 'unsealed') terminal.write(say.open)
  else terminal.write(say.sealed(root.unsealing?.given.length ?? 0, root.unsealing?.threshold ?? 0))
}

/** Runs something as somebody who signs in for it alone. */
export async function signedIn(
  { server, user, ask, locale }: KeysRun,
  act: (session: Session) => Promise<void>,
): Promise<number> {
  const session = await signIn(server, user, ask, locale)
  try {
    await act(session)
    return 0
  } finally {
    await session.end().catch(() => undefined)
  }
}

function date(at: number, locale: Locale): string {
  return new Intl.DateTimeFormat(languageTag[locale], { dateStyle: 'medium' }).format(at)
}
