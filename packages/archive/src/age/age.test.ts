import { execFileSync } from 'node:child_process'
import { createCipheriv, hkdfSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inChunks } from './chunks.ts'
import { countRecipients, isAge, makeHeader } from './header.ts'
import { generateKey, type KeyPair, parseIdentities, recipientOf } from './keys.ts'
import { decrypt, encrypt } from './stream.ts'

const piece = 64 * 1024
/** Around the edges of a piece and of what is written at a time. */
const sizes = [0, 1, piece - 1, piece, piece + 1, 2 * piece, 16 * piece, 16 * piece + 1]
/** No two pieces are alike. */
const content = (bytes: number) =>
  Buffer.from(
    Uint32Array.from({ length: bytes / 4 + 1 }, (_, index) => index * 2_654_435_761).buffer,
    0,
    bytes,
  )

let key: KeyPair
let other: KeyPair
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hevd-age-'))
  ;[key, other] = [await generateKey(), await generateKey()]
  writeFileSync(join(folder, 'key'), `# ours\n${key.identity}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

const sealed = (plain: Uint8Array, recipients = [key.recipient]) => buffer(encrypt(recipients, [plain]))
const opened = (file: Uint8Array, identities = [key.identity]) =>
  buffer(decrypt(identities, [file], 'the file'))

describe('what was encrypted is what is decrypted', () => {
  test.each(sizes)('%i bytes, also by Debian’s age, both ways', async (size) => {
    const plain = content(size)
    const file = await sealed(plain)
    expect((await opened(file)).equals(plain)).toBe(true)
    const age =
      (...args: string[]) =>
      (input: Buffer) =>
        execFileSync('age', args, { input, maxBuffer: 1 << 26 })
    expect(age('-d', '-i', join(folder, 'key'))(file).equals(plain)).toBe(true)
    expect((await opened(age('-r', key.recipient)(plain))).equals(plain)).toBe(true)
  })

  test('in whatever pieces it comes', async () => {
    const file = await sealed(content(3 * piece))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), file.length]
        const parts = at.slice(1).map((end, index) => file.subarray(at[index], end))
        expect((await buffer(decrypt([key.identity], parts, 'f'))).equals(content(3 * piece))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('for every recipient', async () => {
    const file = await sealed(content(10), [key.recipient, other.recipient])
    expect(await opened(file, [other.identity])).toEqual(content(10))
    expect(await countRecipients([file], 'f')).toBe(2)
    expect(await countRecipients([await sealed(content(10))], 'f')).toBe(1)
  })
})

describe('a file is refused that', () => {
  const whole = content(2 * piece + 100)
  const refused = async (file: Uint8Array, code: string, identities?: string[]) =>
    expect(opened(file, identities)).rejects.toMatchObject({
      code,
      params: code.startsWith('identity-not-v') ? {} : { file: 'the file' },
    })

  test('is cut short: anywhere, and where a piece ends', async () => {
    const file = await sealed(whole)
    const payload = file.indexOf('\n', file.indexOf('\n--- ') + 1) + 1 + 16
    const ends = [
      payload - 20,
      payload - 16,
      payload - 1,
      payload,
      payload + piece + 16,
      payload + 2 * (piece + 16),
      file.length - 1,
    ]
    for (const end of ends) await refused(file.subarray(0, end), 'file-damaged')
  })

  test('has one bit another, wherever it is', async () => {
    const file = await sealed(whole)
    const bits = [...fc.sample(fc.integer({ min: 0, max: file.length * 8 - 1 }), 40), file.length * 8 - 1]
    for (const bit of bits) {
      const changed = Buffer.from(file)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      await expect(opened(changed), `bit ${bit}`).rejects.toMatchObject({
        code: expect.stringMatching(/^(file-damaged|not-age|identity-not-fitting)$/),
      })
    }
  })

  test('goes on behind its end, with anything or with itself', async () => {
    const file = await sealed(whole)
    await refused(Buffer.concat([file, Buffer.from([0])]), 'file-damaged')
    await refused(Buffer.concat([file, file]), 'file-damaged')
  })

  test('has pieces in another order, twice, or left out', async () => {
    const file = await sealed(content(3 * piece))
    const payload = file.length - 3 * (piece + 16)
    const [one, two, three] = [0, 1, 2].map((at) =>
      file.subarray(payload + at * (piece + 16), payload + (at + 1) * (piece + 16)),
    )
    const head = file.subarray(0, payload)
    for (const order of [
      [two, one, three],
      [one, one, two, three],
      [one, three],
    ])
      await refused(Buffer.concat([head, ...order.map((each) => each ?? head)]), 'file-damaged')
  })

  test('ends with an empty piece that is not its only one, though its key sealed it', async () => {
    const { header, fileKey } = await makeHeader([key.recipient])
    const nonce = Buffer.alloc(16, 7)
    const payloadKey = Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32))
    const seal = (counter: number, last: number, plain: Buffer) => {
      const sealing = createCipheriv(
        'chacha20-poly1305',
        payloadKey,
        Buffer.from([...Array(10).fill(0), counter, last]),
        { authTagLength: 16 },
      )
      return Buffer.concat([sealing.update(plain), sealing.final(), sealing.getAuthTag()])
    }
    const begin = [header, nonce, seal(0, 0, content(piece))]
    await refused(Buffer.concat([...begin, seal(1, 1, Buffer.alloc(0))]), 'file-damaged')
    expect(await opened(Buffer.concat([...begin, seal(1, 1, Buffer.from('x'))]))).toHaveLength(piece + 1)
    await refused(Buffer.concat([header, nonce]), 'file-damaged')
  })

  test('is for others, or no age file', async () => {
    await refused(await sealed(whole, [other.recipient]), 'identity-not-fitting')
    await refused(Buffer.from('PGDMP'), 'not-age')
    await refused(Buffer.alloc(0), 'not-age')
    await refused(Buffer.alloc(200_000, 'age'), 'not-age')
    await refused(await sealed(whole), 'identity-not-valid', ['AGE-SECRET-KEY-1'])
  })

  test('is refused by Debian’s age too: we are no stricter and no laxer', async () => {
    const file = await sealed(content(piece))
    const age = (input: Buffer) => () =>
      execFileSync('age', ['-d', '-i', join(folder, 'key')], { input, stdio: ['pipe', 'pipe', 'ignore'] })
    expect(age(Buffer.concat([file, Buffer.from([0])]))).toThrow()
    expect(age(file.subarray(0, -1))).toThrow()
  })
})

test('what is released before the end is what was encrypted', async () => {
  const file = await sealed(content(2 * piece + 1))
  file[file.length - 1] = (file.at(-1) ?? 0) ^ 1
  const released: Uint8Array[] = []
  await expect(
    (async () => {
      for await (const bytes of decrypt([key.identity], [file], 'f')) released.push(bytes)
    })(),
  ).rejects.toMatchObject({ code: 'file-damaged' })
  expect(Buffer.concat(released)).toEqual(content(2 * piece))
})

test('a reader that waits makes the source wait', async () => {
  let given = 0
  async function* endless() {
    for (;;) {
      given += piece
      yield content(piece)
    }
  }
  const file = encrypt([key.recipient], endless())
  await file.next()
  await file.next()
  expect(given).toBeLessThan(3 * 1024 * 1024)
  await file.return()
})

test('recipients that are none are refused before anything is written', async () => {
  const otherEnd = key.recipient.endsWith('q') ? 'p' : 'q'
  for (const recipient of [
    '',
    'age1',
    `${key.recipient.slice(0, -1)}${otherEnd}`,
    key.identity,
    `${key.recipient}\n`,
  ])
    await expect(buffer(encrypt([recipient], [content(1)]))).rejects.toMatchObject({
      code: 'recipient-not-valid',
    })
  await expect(buffer(encrypt([], [content(1)]))).rejects.toMatchObject({ code: 'recipient-not-valid' })
})

test('keys are those of age-keygen', async () => {
  const made = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const [identity = ''] = parseIdentities(made)
  expect(made).toContain(await recipientOf(identity))
  expect(execFileSync('age-keygen', ['-y', join(folder, 'key')], { encoding: 'utf8' }).trim()).toBe(
    key.recipient,
  )
  expect(() => parseIdentities('# nothing\n')).toThrow(
    expect.objectContaining({ code: 'identity-not-valid' }),
  )
  expect(() => parseIdentities(`${key.identity}x`)).toThrow(
    expect.objectContaining({ code: 'identity-not-valid' }),
  )
  await expect(recipientOf('AGE-SECRET-KEY-1')).rejects.toMatchObject({ code: 'identity-not-valid' })
})

test('an age file is known by its beginning', async () => {
  expect(isAge(await sealed(content(5)))).toBe(true)
  expect(isAge(Buffer.from('age-encryption.org/v1'))).toBe(false)
  expect(isAge(Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\n'))).toBe(false)
  expect(isAge(Buffer.alloc(0))).toBe(false)
})

test('pieces are of the size asked for, and only the last is smaller', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 20 })),
      fc.integer({ min: 1, max: 16 }),
      async (parts, size) => {
        const chunks = await Array.fromAsync(inChunks(parts, size))
        expect(Buffer.concat(chunks.map(({ bytes }) => bytes))).toEqual(Buffer.concat(parts))
        expect(chunks.slice(0, -1).every(({ bytes, last }) => bytes.length === size && !last)).toBe(true)
        expect(chunks.at(-1)?.last).toBe(true)
        expect(chunks.length === 1 || (chunks.at(-1)?.bytes.length ?? 0) > 0).toBe(true)
      },
    ),
  )
})
