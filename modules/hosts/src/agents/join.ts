import { milliseconds } from '@hevd/core'
import { type Tx, uuidv7 } from '@hevd/postgres'
import type { Joined, Joining } from '../contract.ts'
import { isSignedBy, joinStatement, publicKeyOf } from '../domain/possession.ts'
import { tokenHash } from '../domain/token.ts'
import { HostsError } from '../errors.ts'
import { declareIn } from '../register.ts'
import { deleteAgent, type HostRow, lockHost } from '../store.ts'
import type { AgentsContext } from './context.ts'
import {
  certificateBySerial,
  hasJoined,
  insertCertificate,
  type JoinTokenRow,
  lockToken,
  markUsed,
  revokeCertificates,
} from './store.ts'

/**
 * An agent joins by a one-time token: as the host that the token names, or as a new one under the id that the agent
 * made for itself. Where the host had an agent before, that one's certificates are revoked and the host's history goes
 * on. The same key that asks again by the same token, since an answer was lost, gets the same certificate.
 *
 * Throws `join-refused`, `not-proven`, `host-known`, `host-ended` and `bad-host-id`.
 */
export async function joinAgent(
  context: AgentsContext,
  organisation: string,
  joining: Joining,
): Promise<Joined> {
  const { db, clock, config, record, authority, revoked, version } = context
  const key = publicKeyOf(joining.publicKey)
  if (key === null || !isSignedBy(key.key, joinStatement(joining), joining.signature))
    throw new HostsError('not-proven')
  const ours = authority(organisation)
  const now = clock.now()
  const { gone, ...joined } = await db.transaction(organisation, async (tx) => {
    const token = await lockToken(tx, organisation, tokenHash(joining.token))
    if (token === undefined || token.withdrawn_at !== null) throw new HostsError('join-refused')
    if (token.used_for !== null) {
      const issued = await certificateBySerial(tx, organisation, token.used_for)
      if (issued === undefined || !issued.key_hash.equals(key.hash) || issued.revoked_at !== null)
        throw new HostsError('join-refused')
      const host = await lockHost(tx, organisation, issued.host)
      if (host === undefined || host.ended_at !== null) throw new HostsError('host-ended')
      const rejoined = await hasJoined(tx, organisation, host.id, issued.agent)
      return { host: named(host), certificate: issued.pem, rejoined, gone: [] }
    }
    if (token.expires_at <= now) throw new HostsError('join-refused')
    const agent = uuidv7(now)
    const host = await hostOf(context, tx, token, joining)
    const hadJoined = await hasJoined(tx, organisation, host.id, agent)
    const gone = await revokeCertificates(tx, organisation, host.id, 'rejoined', now)
    const hadToken = await deleteAgent(tx, organisation, host.id)
    const issued = await ours.issueClient({
      publicKey: key.der,
      organisation,
      host: host.id,
      from: now,
      until: now + milliseconds(config.certificateLife),
    })
    await insertCertificate(tx, {
      organisation,
      serial: issued.serial,
      host: host.id,
      agent,
      fingerprint: issued.fingerprint,
      key_hash: key.hash,
      pem: issued.pem,
      issued_at: now,
      not_after: issued.notAfter,
    })
    await markUsed(tx, token, issued.serial, now)
    const rejoined = hadJoined || hadToken
    await record(tx, organisation, rejoined ? 'agent-rejoined' : 'agent-joined', {
      host: host.id,
      token: token.id,
      serial: issued.serial,
      revoked: gone.map(({ serial }) => serial),
    })
    return { host: named(host), certificate: issued.pem, rejoined, gone }
  })
  revoked(gone.map(({ fingerprint }) => fingerprint))
  return { ...joined, organisation, authority: ours.pem, protocol: config.protocol, version }
}

function named({ id, name, role }: Pick<HostRow, 'id' | 'name' | 'role'>): Joined['host'] {
  return { id, name, role }
}

/** The host that the token speaks of, locked; declared now where the token is for a new one. */
async function hostOf(
  { clock, feeds, record }: AgentsContext,
  tx: Tx,
  token: JoinTokenRow,
  { host: id, name }: Joining,
): Promise<HostRow> {
  const { organisation, host, role, made_by: declaredBy } = token
  if (host === null && role !== null) {
    const isNew = await declareIn({ clock, feeds, record }, tx, organisation, { id, name, role, declaredBy })
    if (!isNew) throw new HostsError('host-known')
  }
  const declared = await lockHost(tx, organisation, host ?? id)
  if (declared === undefined) throw new HostsError('no-such-host')
  if (declared.ended_at !== null) throw new HostsError('host-ended')
  return declared
}
