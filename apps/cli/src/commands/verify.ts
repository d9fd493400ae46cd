import { hash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Locale, State } from '@hevd/core'
import { type Head, type TrustVerdict, verifyTrust } from '@hevd/trust/verify'
import { z } from 'zod'
import { mark, type Terminal, wrapped } from '../terminal.ts'

const words = {
  nb: {
    fetching: 'Henter siden, bevisene og loggen',
    unreachable: (url: string, reason: string) => `Kan ikke kontrollere ${url}: ${reason}.`,
    notAddress: (url: string) =>
      `«${url}» er ikke en adresse. Skriv den hel, som https://hevd.example.org/trust`,
    stateDamaged: (path: string) =>
      `${path} kan ikke leses som et husket sjekkpunkt. Slett filen for å begynne på nytt; da går hukommelsen om loggen tapt.`,
    pinned: 'Nøkkelen er festet ved denne kontrollen. Sammenlign den med den du har fått et annet sted:',
    witnessed: (name: string) => `Medsignert av vitnet ${name}.`,
    proven: (count: number) => `${count} kontroller er bevist.`,
  },
  en: {
    fetching: 'Fetching the page, the proofs and the log',
    unreachable: (url: string, reason: string) => `Cannot check ${url}: ${reason}.`,
    notAddress: (url: string) =>
      `“${url}” is not an address. Write it whole, such as https://hevd.example.org/trust`,
    stateDamaged: (path: string) =>
      `${path} cannot be read as a remembered checkpoint. Delete the file to begin anew; what is remembered of the log is lost then.`,
    pinned: 'The key was pinned by this check. Compare it with the one you were given elsewhere:',
    witnessed: (name: string) => `Cosigned by the witness ${name}.`,
    proven: (count: number) => `${count} controls are proven.`,
  },
} as const

const marks = { proven: 'holds', 'moved-on': 'unknown', wrong: 'fails' } as const satisfies Record<
  TrustVerdict['outcome'],
  State
>
const longestWait = 30_000

const remembered = z.object({
  origin: z.string(),
  verifierKey: z.string(),
  size: z.int(),
  root: z.string(),
})

/** `hevd verify URL`. Exit code: 0 proven, 1 something is wrong or moved on meanwhile, 2 could not be checked. */
export async function verifyPage(deps: {
  readonly url: string
  /** Verifier key known from elsewhere; undefined pins the one seen first. */
  readonly key?: string
  /** File of the last head seen; undefined keeps one a host name under the home. */
  readonly state?: string
  readonly json?: boolean
  readonly witnessKeys: readonly string[]
  readonly home: string
  readonly locale: Locale
  readonly terminal: Terminal
  readonly now: () => number
}): Promise<number> {
  const { url, key, locale, terminal, home } = deps
  const say = words[locale]
  if (!/^https?:/.test(url) || !URL.canParse(url)) return failed(say.notAddress(url))
  const path = deps.state ?? join(home, 'verified', `${hash('sha256', new URL(url).host).slice(0, 16)}.json`)
  terminal.progress(`${say.fetching} …`)
  const head = await headAt(path)
  if (head === 'damaged') return failed(say.stateDamaged(path))
  let verdict: TrustVerdict
  try {
    verdict = await verifyTrust({
      url,
      fetch: (address) => fetch(address, { signal: AbortSignal.timeout(longestWait), redirect: 'error' }),
      pinnedKey: key ?? null,
      remembered: head,
      witnessKeys: deps.witnessKeys,
      now: deps.now(),
    })
  } catch (error) {
    return failed(say.unreachable(url, reasonOf(error)))
  }
  if (verdict.head !== null) await keepHead(path, verdict.head)
  if (deps.json === true) terminal.write(JSON.stringify(verdict))
  else
    for (const line of lines(verdict, head === null && key === undefined, locale, terminal))
      terminal.write(line)
  return verdict.outcome === 'proven' ? 0 : 1
}

function failed(message: string): number {
  console.error(message)
  return 2
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

function lines(verdict: TrustVerdict, justPinned: boolean, locale: Locale, terminal: Terminal): string[] {
  const say = words[locale]
  const { outcome, whole, log, controls, witnesses, head } = verdict
  const wrong = controls.filter(({ code }) => code !== 'proven')
  return [
    `${mark(marks[outcome], terminal)} ${wrapped(whole[locale], terminal.columns, 2).join('\n').trimStart()}`,
    ...log.flatMap(({ words: found }) => wrapped(found[locale], terminal.columns, 2)),
    ...wrong.flatMap(({ control, words: found }) => [
      `  ${mark('fails', terminal)} ${control}`,
      ...wrapped(found[locale], terminal.columns, 4),
    ]),
    ...wrapped(say.proven(controls.length - wrong.length), terminal.columns, 2),
    ...witnesses.flatMap(({ name }) => wrapped(say.witnessed(name), terminal.columns, 2)),
    ...(justPinned && head !== null
      ? [...wrapped(say.pinned, terminal.columns, 2), `  ${head.verifierKey}`]
      : []),
  ]
}

async function headAt(path: string): Promise<Head | null | 'damaged'> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return remembered.parse(JSON.parse(text))
  } catch {
    return 'damaged'
  }
}

/** Replaced whole, so that a crash leaves the old head or the new one. */
async function keepHead(path: string, head: Head): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${JSON.stringify(head)}\n`, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
}
