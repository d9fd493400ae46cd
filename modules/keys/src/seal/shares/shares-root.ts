import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { KeysError } from '../../errors.ts'
import { lock, readSealed, unlock } from '../envelope.ts'
import type { SealedRoot, SharePlan } from '../seal.ts'
import { wipe } from '../wipe.ts'
import { combine, split } from './shamir.ts'
import type { Share } from './share-text.ts'

const stored = z.object({
  kind: z.literal('shares'),
  format: z.literal(1),
  /** Eight hex digits, the same in each share of the set. */
  set: z.string().regex(/^[0-9a-f]{8}$/),
  threshold: z.int(),
  /** The custodian of share 1 first. `check` is {@link checkOf} the share. */
  custodians: z.array(z.object({ account: z.string(), check: z.string() })).min(2),
  box: z.string(),
})
/** A root key locked under a share key that is in no one place. */
export type SharesRoot = z.infer<typeof stored>

export const readSharesRoot = (sealed: SealedRoot): SharesRoot => readSealed(stored, sealed)

/** Locks the root key under a new key, and splits that into a share for each custodian. Throws `not-valid-sharing`. */
export function shareOut(
  rootKey: Buffer,
  context: Buffer,
  { threshold, custodians }: SharePlan,
): { readonly root: SharesRoot; readonly shares: ReadonlyMap<string, Share> } {
  const count = custodians.length
  if (threshold < 2 || threshold > count || count > 16 || new Set(custodians).size !== count)
    throw new KeysError('not-valid-sharing')
  const set = randomBytes(4)
  const shareKey = randomBytes(32)
  const points = split(shareKey, threshold, count)
  const shares = points.map(({ x, y }): Share => ({ set, index: x, value: y }))
  const root: SharesRoot = {
    kind: 'shares',
    format: 1,
    set: set.toString('hex'),
    threshold,
    custodians: custodians.map((account, at) => ({ account, check: checkOf(shares[at]).toString('base64') })),
    box: lock(shareKey, rootKey, boundTo(context, set, threshold, custodians)),
  }
  wipe(shareKey)
  return { root, shares: new Map(shares.map((share, at) => [custodians[at] ?? '', share])) }
}

/**
 * Whether this is the share that the custodian was given; throws why not: `not-custodian`, `share-of-another-set`,
 * `share-of-another` custodian, or `share-wrong`.
 */
export function assertShare(root: SharesRoot, account: string, share: Share): void {
  const at = root.custodians.findIndex((custodian) => custodian.account === account)
  const own = root.custodians[at]
  if (own === undefined) throw new KeysError('not-custodian')
  if (share.set.toString('hex') !== root.set) throw new KeysError('share-of-another-set')
  if (share.index !== at + 1) throw new KeysError('share-of-another')
  if (!timingSafeEqual(checkOf(share), Buffer.from(own.check, 'base64'))) throw new KeysError('share-wrong')
}

/** The root key by shares that were each found right. Throws `seal-does-not-open`. */
export function openByShares(root: SharesRoot, context: Buffer, shares: readonly Share[]): Buffer {
  const shareKey = combine(shares.map(({ index, value }) => ({ x: index, y: value })))
  const accounts = root.custodians.map(({ account }) => account)
  try {
    return unlock(
      shareKey,
      root.box,
      boundTo(context, Buffer.from(root.set, 'hex'), root.threshold, accounts),
    )
  } finally {
    wipe(shareKey)
  }
}

/** Whoever can write in the database cannot give a share another custodian. */
const boundTo = (context: Buffer, set: Buffer, threshold: number, accounts: readonly string[]) => [
  'shares',
  context,
  set,
  String(threshold),
  ...accounts,
]

/**
 * Tells the right share from a wrong one without telling anything of it: SHA-256 over 32 random bytes, which nobody can
 * guess. So a wrong share is named when it is given, and not when the last one is.
 */
function checkOf(share: Share | undefined): Buffer {
  if (share === undefined) throw new RangeError('A custodian without a share')
  const { set, index, value } = share
  return createHash('sha256')
    .update('hevd share check 1')
    .update(set)
    .update(Buffer.of(index))
    .update(value)
    .digest()
}
