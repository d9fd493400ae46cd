import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toHex } from '../bytes/bytes.ts'
import { leafHash } from '../merkle/hash.ts'
import { newSigner, signNote } from '../note/sign.ts'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import { openCheckpoint } from './open-checkpoint.ts'

const origin = 'log.example/one'
const root = leafHash(Buffer.from('entry'))
const log = newSigner(origin, generateKeyPairSync('ed25519').privateKey)
const other = newSigner('witness.example', generateKeyPairSync('ed25519').privateKey)
const text = checkpointText({ origin, size: 20852163, root })

test('the example of the standard', () => {
  const { size, root } = parseCheckpoint(
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n',
  )
  expect(size).toBe(20852163)
  expect(toHex(root).slice(0, 8)).toBe('0ac5186a')
})

test('a checkpoint is read as it was written, extension lines too', () => {
  const extensions = ['one more', 'and more']
  expect(parseCheckpoint(text)).toMatchObject({ origin, size: 20852163, extensions: [] })
  expect(parseCheckpoint(checkpointText({ origin, size: 0, root, extensions })).extensions).toEqual(
    extensions,
  )
})

test('it is opened by the key of its log', async () => {
  const { checkpoint } = await openCheckpoint(signNote(text, [log, other]), { origin, keys: [log.key] })
  expect(toHex(checkpoint.root)).toBe(toHex(root))
})

test('a witness alone does not stand for the log', async () => {
  const expected = { origin, keys: [log.key], others: [other.key] }
  await expect(openCheckpoint(signNote(text, [other]), expected)).rejects.toMatchObject({
    code: 'not-signed',
  })
})

test('a checkpoint of another log is refused even when the key fits', async () => {
  const foreign = signNote(checkpointText({ origin: 'log.example/two', size: 1, root }), [log])
  const opened = openCheckpoint(foreign, { origin, keys: [log.key] })
  await expect(opened).rejects.toMatchObject({ code: 'origin-differs' })
})

describe('malformed', () => {
  const encoded = Buffer.from(root).toString('base64')
  test.each([
    ['no newline', `${origin}\n1\n${encoded}`],
    ['no origin', `\n1\n${encoded}\n`],
    ['no root', `${origin}\n1\n`],
    ['a zero before the size', `${origin}\n01\n${encoded}\n`],
    ['a negative size', `${origin}\n-1\n${encoded}\n`],
    ['a size beyond all counting', `${origin}\n9007199254740993\n${encoded}\n`],
    ['a root of 31 bytes', `${origin}\n1\n${Buffer.from(root.subarray(1)).toString('base64')}\n`],
    ['an empty line', `${origin}\n1\n${encoded}\n\n`],
    ['an empty line before another', `${origin}\n1\n${encoded}\n\nmore\n`],
  ])('%s', (_, malformed) => {
    expect(() => parseCheckpoint(malformed)).toThrow(/not a checkpoint/)
  })

  test('none is written', () => {
    expect(() => checkpointText({ origin: 'a\nb', size: 1, root })).toThrow(/not a checkpoint/)
    expect(() => checkpointText({ origin, size: 1.5, root })).toThrow(/not a checkpoint/)
    expect(() => checkpointText({ origin, size: 1, root, extensions: [''] })).toThrow(/not a checkpoint/)
    expect(() => checkpointText({ origin, size: 1, root: root.subarray(1) })).toThrow(/not a checkpoint/)
  })
})
