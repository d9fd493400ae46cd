import type { Instant, Locale } from '@hevd/core'
import { canonicalJson } from '@hevd/core/canonical'
import { type Checkpoint, fromBase64, leafHashAsync, TlogError, verifyInclusion } from '@hevd/tlog/verify'
import type { PostureLeaf, TrustControl } from '../contract.ts'
import type { ControlFindingCode } from './findings.ts'
import { digestOf, policyDigest } from './policy-digest.ts'
import { type ShownControl, shownControl } from './shown.ts'

export type Proving = {
  readonly checkpoint: Checkpoint
  readonly organisation: string
  readonly timeZone: string
  readonly locale: Locale
  /** The reader's clock. */
  readonly now: Instant
}

/** A reader's clock may be this far behind the server's. */
const clockDrift = 5 * 60_000
const longestValidity = 24 * 3_600_000

/** Holds what is shown of a control against the log. What is worst is said first. */
export async function checkControl(
  shown: ShownControl,
  document: TrustControl,
  proving: Proving,
): Promise<ControlFindingCode> {
  const { leaf } = document
  const proof = await checkLeaf(leaf, document.proof, document.id, proving)
  if (proof !== null) return proof
  if (shown.sequence < leaf.sequence) return 'moved-on'
  if ((await digestOfShown(shown, document, proving.locale)) !== leaf.policyDigest) return 'text-changed'
  if ((await digestOfReason(document)) !== leaf.reasonDigest) return 'text-changed'
  for (const past of document.history) {
    const wrong = await checkLeaf(past.leaf, past.proof, document.id, proving)
    if (wrong !== null) return wrong
  }
  const expected = shownControl(document, proving.locale, proving.timeZone)
  if (!same(shown, expected, promised)) return 'text-changed'
  if (!same(shown, expected, standing)) return 'status-altered'
  if (leaf.validUntil < proving.now) return 'stale'
  const ahead = leaf.at > proving.now + clockDrift || leaf.validUntil - leaf.at > longestValidity
  return ahead ? 'from-the-future' : 'proven'
}

/** What is shown of the promise beside its words, and of how it stands. */
const promised = ['id', 'parameters'] as const
const standing = [
  'sequence',
  'mark',
  'state',
  'since',
  'because',
  'reviewBy',
  'validUntil',
  'attested',
  'counts',
  'notice',
  'history',
] as const

function same(a: ShownControl, b: ShownControl, fields: readonly (keyof ShownControl)[]): boolean {
  return fields.every((field) => canonicalJson(a[field]) === canonicalJson(b[field]))
}

/** Null when the leaf is what it is said to be and stands in the log. */
async function checkLeaf(
  leaf: PostureLeaf,
  { leaf: encoded, index, size, path }: TrustControl['proof'],
  control: string,
  { checkpoint, organisation }: Proving,
): Promise<ControlFindingCode | null> {
  const bytes = decoded(encoded)
  const logged = bytes === null ? null : objectOf(bytes)
  if (bytes === null || logged === null) return 'not-in-log'
  if (logged.kind !== 'posture' || logged.control !== control || logged.organisation !== organisation)
    return 'another-leaf'
  if (canonicalJson(logged) !== canonicalJson(leaf)) return 'leaf-altered'
  const hashed = new TextEncoder().encode(canonicalJson(leaf))
  if (size !== checkpoint.size) return 'not-in-log'
  try {
    const { root } = checkpoint
    await verifyInclusion({
      index,
      size,
      leafHash: await leafHashAsync(hashed),
      path: path.map(fromBase64),
      root,
    })
    return null
  } catch (error) {
    if (error instanceof TlogError) return 'not-in-log'
    throw error
  }
}

/** The digest of the promise as the page has it: the words read there, the other language as served. */
function digestOfShown(shown: ShownControl, document: TrustControl, locale: Locale): Promise<string> {
  const { id, title, statement, how, parameters } = document
  return policyDigest({
    id,
    title: { ...title, [locale]: shown.title },
    statement: { ...statement, [locale]: shown.statement },
    how: { ...how, [locale]: shown.how },
    parameters,
  })
}

/** Undefined where the leaf is of a control that applies, or whose state is withheld. */
async function digestOfReason({ notApplicable }: TrustControl): Promise<string | undefined> {
  if (!notApplicable) return undefined
  const { reason, reviewBy } = notApplicable
  return digestOf({ reason, reviewBy })
}

function decoded(text: string): Uint8Array | null {
  try {
    return fromBase64(text)
  } catch {
    return null
  }
}

function objectOf(bytes: Uint8Array): { readonly [name: string]: unknown } | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null
  } catch {
    return null
  }
}
