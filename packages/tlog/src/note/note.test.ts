import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { formatNote, parseNote, parseSignatureLine } from './note.ts'
import { keyHash, newCosigner, newSigner, signNote, verifierKeyText } from './sign.ts'
import { signatureTypes } from './signature-type.ts'
import { formatVerifierKey, parseVerifierKey } from './verifier-key.ts'
import { verifyNote } from './verify-note.ts'

const { privateKey } = generateKeyPairSync('ed25519')
const log = newSigner('log.example/one', privateKey)
const stranger = newSigner('stranger.example', generateKeyPairSync('ed25519').privateKey)
const at = Date.UTC(2026, 10, 25, 12, 0, 0)
const witness = newCosigner('witness.example', generateKeyPairSync('ed25519').privateKey, () => at)
const text = 'log.example/one\n7\nAAAA\n'

describe('the example of the golang.org/x/mod/sumdb/note documentation', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const note =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'

  test('verifies, and an altered letter does not', async () => {
    const key = await parseVerifierKey(vkey)
    expect(formatVerifierKey(key)).toBe(vkey)
    expect((await verifyNote(note, [key])).signers).toHaveLength(1)
    const altered = note.replace('answer', 'Answer')
    await expect(verifyNote(altered, [key])).rejects.toMatchObject({ code: 'signature-wrong' })
  })
})

test('a note carries several signatures; those by unknown keys are kept and count for nothing', async () => {
  const note = signNote(text, [stranger, log, witness])
  const verified = await verifyNote(note, [log.key, witness.key])
  expect(verified.text).toBe(text)
  expect(verified.signers.map(({ key, timestamp }) => [key.name, timestamp])).toEqual([
    ['log.example/one', null],
    ['witness.example', at / 1000],
  ])
  expect(verified.unknown.map(({ name }) => name)).toEqual(['stranger.example'])
  expect(formatNote(parseNote(note))).toBe(note)
})

test('a note that nobody trusted signed is refused', async () => {
  const note = signNote(text, [stranger])
  await expect(verifyNote(note, [log.key])).rejects.toMatchObject({ code: 'not-signed' })
})

test('one false signature by a known key refuses the note, whatever others say', async () => {
  const parsed = parseNote(signNote(text, [log, witness]))
  const [first, second] = parsed.signatures
  if (first === undefined || second === undefined) throw new Error('two were made')
  const forged = { ...first, signature: first.signature.map((byte) => byte ^ 1) }
  const note = formatNote({ text, signatures: [forged, second] })
  await expect(verifyNote(note, [log.key, witness.key])).rejects.toMatchObject({ code: 'signature-wrong' })
})

test('no byte of a text or a signature can be altered', async () => {
  const note = signNote(text, [log, witness])
  await fc.assert(
    fc.asyncProperty(
      fc.nat(note.length - 1),
      fc.constantFrom('A', 'b', '7', '\n', ' '),
      async (index, char) => {
        fc.pre(note[index] !== char)
        const altered = `${note.slice(0, index)}${char}${note.slice(index + 1)}`
        const signers = await verifyNote(altered, [log.key, witness.key]).then(
          (verified) => (verified.text === text ? verified.signers.length : -1),
          (error: unknown) => {
            if (error instanceof TlogError) return 0
            throw error
          },
        )
        // An altered name makes a signature one of an unknown key; never does an altered text have a signer.
        expect(signers === 0 || signers === 1).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

test('a cosignature is of its time: another time is another message', async () => {
  const parsed = parseNote(signNote(text, [witness]))
  const [signature] = parsed.signatures
  if (signature === undefined) throw new Error('one was made')
  const later = Uint8Array.from(signature.signature)
  later[7] = (later[7] ?? 0) + 1
  const note = { text, signatures: [{ ...signature, signature: later }] }
  await expect(verifyNote(note, [witness.key])).rejects.toMatchObject({ code: 'signature-wrong' })
})

test('a key of one kind makes no signatures of another', async () => {
  const bytes = witness.key.publicKey
  const asLog = await parseVerifierKey(verifierKeyText('witness.example', bytes))
  await expect(verifyNote(signNote(text, [witness]), [asLog])).rejects.toMatchObject({ code: 'not-signed' })
})

test('a key that we have no scheme for is parsed, and refused when it should verify', async () => {
  const publicKey = new Uint8Array(1312).fill(7)
  const key = await parseVerifierKey(verifierKeyText('pq.example', publicKey, signatureTypes.mlDsa44))
  expect(key.type).toBe(6)
  const note = formatNote({
    text,
    signatures: [{ name: key.name, keyHash: key.keyHash, signature: new Uint8Array(2428) }],
  })
  await expect(verifyNote(note, [key])).rejects.toMatchObject({ code: 'signature-type-unknown' })
})

test('the hash of a key is the first four bytes over name, type and key', () => {
  const seed = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 1)])
  const signer = newSigner('a', createPrivateKey({ key: seed, format: 'der', type: 'pkcs8' }))
  expect(toHex(signer.key.publicKey)).toBe('8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c')
  expect(signer.key.keyHash).toBe(keyHash('a', 1, signer.key.publicKey))
  expect(signer.key.keyHash).not.toBe(keyHash('a', 4, signer.key.publicKey))
})

describe('malformed', () => {
  const line = `— ${'n'} AAAAAAAA`
  test.each([
    ['no signature', 'text\n\n'],
    ['no empty line', `text\n${line}\n`],
    ['no last newline', `text\n\n${line}`],
    ['no dash', 'text\n\nn AAAAAAAA\n'],
    ['a hyphen for a dash', 'text\n\n- n AAAAAAAA\n'],
    ['a plus in the name', 'text\n\n— n+1 AAAAAAAA\n'],
    ['a wide space in the name', 'text\n\n— n\u2003m AAAAAAAA\n'],
    ['a signature of a hash alone', 'text\n\n— n AAAAAA==\n'],
    ['base64 without padding', 'text\n\n— n AAAAAAA\n'],
    ['base64 with stray bits', 'text\n\n— n AAAAAAB=\n'],
    ['a control character', `te\u0001xt\n\n${line}\n`],
    ['a carriage return', `text\r\n\n${line}\n`],
    ['half a surrogate pair', `te\ud800xt\n\n${line}\n`],
    ['too many signatures', `text\n\n${`${line}\n`.repeat(101)}`],
  ])('a note with %s', (_, note) => {
    expect(() => parseNote(note)).toThrow(TlogError)
  })

  test.each([
    ['no plus', 'name'],
    ['no key', 'name+00000000+'],
    ['no name', '+00000000+AQ=='],
    ['a hash that is not its own', 'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['capitals in the hash', 'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['a key cut short', 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q='],
    ['another name', 'PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ])('a verifier key with %s', async (_, key) => {
    await expect(parseVerifierKey(key)).rejects.toMatchObject({ code: 'key-malformed' })
  })

  test('a signature line is one line', () => {
    expect(() => parseSignatureLine(`${line} more`)).toThrow(TlogError)
  })

  test('only a text that ends in a newline is signed', () => {
    expect(() => signNote('text', [log])).toThrow(TlogError)
    expect(() => newSigner('a b', privateKey)).toThrow(TlogError)
  })
})
