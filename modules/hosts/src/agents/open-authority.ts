import { createHash, createPublicKey } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '@hevd/core'
import type { Database } from '@hevd/postgres'
import { type Authority, authorityOf } from '../authority/authority.ts'
import { makeKey, putAside, readKey } from '../authority/key-file.ts'
import { HostsError } from '../errors.ts'
import { authorityKeyHash, putAuthority } from './store.ts'

/**
 * The organisation's authority for agents, its key in `<folder>/<organisation>/ca-key.pem`; made at first use. Once
 * agents could know one, only that one will do: throws `authority-lost` where the key is missing or another, unless
 * `renew`, which makes a new one and puts what there was aside.
 */
export async function openAuthority(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  folder: string,
  organisation: string,
  renew: boolean,
): Promise<Authority> {
  const path = join(folder, organisation, 'ca-key.pem')
  const known = await db.transaction(organisation, (tx) => authorityKeyHash(tx, organisation))
  if (renew) putAside([path], `before-${clock.now()}`)
  if (known !== null && !renew && readKey(path) === null) throw new HostsError('authority-lost', path)
  const key = readKey(path) ?? makeKey(path)
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const key_hash = createHash('sha256').update(spki).digest()
  const kept = await db.transaction(organisation, async (tx) => {
    await putAuthority(tx, { organisation, key_hash, made_at: clock.now() }, renew)
    return authorityKeyHash(tx, organisation)
  })
  if (kept === null || !kept.equals(key_hash)) throw new HostsError('authority-lost', path)
  return authorityOf(key, organisation, clock.now())
}
