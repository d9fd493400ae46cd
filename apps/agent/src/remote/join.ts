import { hash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join as pathOf } from 'node:path'
import { z } from 'zod'
import { hostClock } from '../clock.ts'
import { ownTokenIn } from '../config.ts'
import { AgentError } from '../errors.ts'
import { hostIdentity } from '../host-id.ts'
import { pinnedAuthority, reasonOf } from './authority.ts'
import { type Answered, caller, problemIn } from './call.ts'
import { pinOf } from './join-token.ts'
import { newKey, publicKeyOf, signedJoin } from './key.ts'
import { isOfKey, type Membership, readMembership, writeMembership } from './membership.ts'
import { readPrivate, writePrivate } from './private-file.ts'

export type JoiningHost = {
  /** `<HEVD_HOME>/agent`. */
  readonly folder: string
  /** Where the server listens for agents: `https://…`. */
  readonly server: string
  readonly token: string
  /** What a new host is to be called; the host's own name if not given. */
  readonly name?: string
  readonly signal: AbortSignal
}

const joined = z.object({
  organisation: z.string(),
  host: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  certificate: z.string(),
  authority: z.string(),
  rejoined: z.boolean(),
  version: z.string(),
})
const attempt = z.object({ token: z.string(), key: z.string() })

/**
 * Joins this host to a server by a one-time token, and keeps what it was given. The key is made here and kept before
 * anything is sent: who is killed on the way, or loses the answer, runs the same again and gets the same certificate.
 *
 * Throws AgentError: `server-here`, `token-not-valid`, `setting-not-valid`, `wrong-authority` (before the token is sent), `server-unreachable`,
 * `server-refused` with the server's own words.
 */
export async function joinServer(given: JoiningHost): Promise<Membership> {
  const { folder, token, signal } = given
  if (existsSync(ownTokenIn(folder))) throw new AgentError('server-here', { path: folder })
  const pin = pinOf(token)
  const server = checkedAddress(given.server)
  const identity = hostIdentity(folder)
  const host = joinedAs(folder) ?? identity.id
  const name = given.name ?? identity.name
  const authority = await pinnedAuthority(server, pin)
  const key = keyFor(folder, token)
  const answer = await asked(server, authority, signal, {
    token,
    publicKey: publicKeyOf(key),
    signature: signedJoin(key, { token, host, name }),
    host,
    name,
  })
  const parsed = joined.safeParse(answer.body)
  if (answer.status !== 200 || !parsed.success || !isOfKey(parsed.data.certificate, key)) {
    const said = problemIn(answer)
    if (said === null) throw new AgentError('server-unreachable', { server, reason: `HTTP ${answer.status}` })
    throw new AgentError('server-refused', { server, said: said.words })
  }
  const { version: _, ...rest } = parsed.data
  const now = hostClock.now()
  const membership = { server, key, joinedAt: now, receivedAt: now, ...rest }
  writeMembership(folder, membership)
  rmSync(attemptIn(folder), { force: true })
  return membership
}

/** The origin of an https address without a path. */
function checkedAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol === 'https:' && url.href === `${url.origin}/`) return url.origin
  throw new AgentError('setting-not-valid', { name: text, wants: 'https://hevd.example.org:4385' })
}

/** The id this host joined as before; what cannot be read is about to be replaced. */
function joinedAs(folder: string): string | null {
  try {
    return readMembership(folder)?.host.id ?? null
  } catch {
    return null
  }
}

async function asked(
  server: string,
  authority: string,
  signal: AbortSignal,
  body: unknown,
): Promise<Answered> {
  const call = caller({ server, authority }, null, signal)
  try {
    return await call.post('/api/agent/join', body)
  } catch (error) {
    throw new AgentError('server-unreachable', { server, reason: reasonOf(error) })
  } finally {
    call.close()
  }
}

const attemptIn = (folder: string) => pathOf(folder, 'joining.json')

/** The key for a token: that of an earlier attempt by the same one, else a new one. On disk when it is given. */
function keyFor(folder: string, token: string): string {
  const path = attemptIn(folder)
  const known = attempt.safeParse(jsonOf(readPrivate(path))).data
  const name = hash('sha256', token)
  if (known?.token === name) return known.key
  const key = newKey()
  writePrivate(path, JSON.stringify({ token: name, key }))
  return key
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
