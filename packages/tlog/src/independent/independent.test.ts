import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toBase64 } from '../bytes/base64.ts'
import { checkpointText } from '../checkpoint/checkpoint.ts'
import { consistencyPath, inclusionPath } from '../merkle/paths.ts'
import { merkleTreeHash, readerOfLeaves, someLeaves } from '../merkle/tree.fixture.ts'
import { newCosigner, newSigner, signNote } from '../note/sign.ts'
import { formatVerifierKey, parseVerifierKey } from '../note/verifier-key.ts'
import { verifyNote } from '../note/verify-note.ts'
import { type Checker, startChecker } from './checker.fixture.ts'

/** What we sign and prove, checked by golang.org/x/mod/sumdb; what that signs, checked by us. */
let checker: Checker
beforeAll(async () => {
  checker = await startChecker()
})
afterAll(() => checker.stop())

const origin = 'hevd/0199/public'
const leaves = someLeaves(70)
const hashes = readerOfLeaves(leaves)
const rootOf = (size: number) => toBase64(merkleTreeHash(leaves.slice(0, size)))
const log = newSigner(origin, generateKeyPairSync('ed25519').privateKey)
const witness = newCosigner(
  'witness.example',
  generateKeyPairSync('ed25519').privateKey,
  () => 1_764_072_000_000,
)
const keys = [log, witness].map(({ key }) => formatVerifierKey(key))

describe('a checkpoint with a cosignature', () => {
  const text = checkpointText({ origin, size: 70, root: merkleTreeHash(leaves) })
  const note = signNote(text, [log, witness])
  const head = { do: 'open', size: 70, root: rootOf(70), keys } as const

  test('is opened by both keys', async () => {
    expect(await checker.ask({ ...head, note })).toEqual({ error: '', count: 2 })
  })

  test('is refused with another size, another root or another signature', async () => {
    const altered = [
      note.replace('\n70\n', '\n71\n'),
      note.replace(rootOf(70), rootOf(69)),
      note.replace('witness.example ', 'witness.example2 ').replace(origin, `${origin}x`),
    ]
    for (const bad of altered) expect((await checker.ask({ ...head, note: bad })).error).not.toBe('')
    const later = newCosigner('witness.example', generateKeyPairSync('ed25519').privateKey, () => 0)
    const foreign = signNote(text, [
      { key: witness.key, sign: (signed) => ({ ...later.sign(signed), keyHash: witness.key.keyHash }) },
    ])
    expect((await checker.ask({ ...head, note: foreign })).error).toMatch(/invalid signature/)
  })

  test('of Go verifies here', async () => {
    const { note: signed = '', key = '' } = await checker.ask({ do: 'sign', name: 'go.example', text })
    const { signers } = await verifyNote(signed, [await parseVerifierKey(key)])
    expect(signers).toHaveLength(1)
  })
})

test('every inclusion proof up to 70 entries is accepted, and none of its alterations', async () => {
  for (let size = 1; size <= 70; size += 3)
    for (let index = 0; index < size; index += 1) {
      const path = (await inclusionPath(index, size, hashes)).map(toBase64)
      const leaf = toBase64(leaves[index] ?? new Uint8Array())
      const good = { do: 'inclusion', size, root: rootOf(size), index, leaf, path } as const
      expect(await checker.ask(good)).toEqual({ error: '', count: 0 })
      const bad = [
        { ...good, leaf: toBase64(Buffer.from('another')) },
        { ...good, path: [...path, rootOf(1)] },
      ]
      for (const question of bad) expect((await checker.ask(question)).error).not.toBe('')
    }
})

test('every consistency proof up to 70 entries is accepted, and none of its alterations', async () => {
  for (let size = 2; size <= 70; size += 3)
    for (let from = 1; from < size; from += 1) {
      const path = (await consistencyPath(from, size, hashes)).map(toBase64)
      const good = {
        do: 'consistency',
        size,
        root: rootOf(size),
        from,
        fromRoot: rootOf(from),
        path,
      } as const
      expect(await checker.ask(good)).toEqual({ error: '', count: 0 })
      const bad = [
        { ...good, fromRoot: rootOf(from + 1) },
        { ...good, path: path.slice(1) },
      ]
      for (const question of bad) expect((await checker.ask(question)).error).not.toBe('')
    }
})
