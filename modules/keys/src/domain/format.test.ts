import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decryptWith, encryptWith } from './encrypting.ts'
import { hmacWith } from './hashes.ts'
import { derive, keyTypes, takeUp } from './key-types.ts'
import { isRootKey, unwrapVersion, verifierOf, wrappingKey, wrapVersion } from './root-key.ts'
import { fromVaultDuration, toVaultSeconds } from './vault-duration.ts'

/** Bytes that are the same every time. */
const bytes = (label: string, length: number) =>
  createHash('shake256', { outputLength: length }).update(label).digest()
const organisation = '01890000-0000-7000-8000-000000000001'
const id = {
  organisation,
  key: '01890000-0000-7000-8000-000000000002',
  type: 'aes256-gcm96',
  version: 3,
} as const
const nonce = (length: number) => bytes('nonce', length)

/** Made once; a change here means that what users have stored can no longer be read. */
const frozen = {
  verifier: 'f832ce98d2d6d22a504961f1ea4cef0a2e8351eba927c8525ae89f184a582e9f',
  version:
    '180cc8756852c615c4866831813eb414402674663c66f34e525faec1ab518be597a475f8e602e8529d8f517b1312bf56570750b7debcab97e73f5a8e',
  derived: {
    context: '804a271eb668dad5dbd0476baeb3660eb595919bd247afeeb030e2318b76edce',
    nonce: 'bad848f94989cfd553eb09a7ff47a23526243f6bffdfd959ae580dec2cac7dd2',
    hmac: 'f2bb386317c197fddfe863e17de54acfa1efe78109ffe7ee9075742ce965f71f',
  },
  /** Plain, and convergent with a context. */
  ciphertexts: {
    'aes128-gcm96': [
      '180cc8756852c615c4866831d6845a895c374709eb66a26b9b7c988b8212719e15144abe',
      'a7194d895073893691f391ee4155c8033255be7b10173126280695100d8440dc03aa7819',
    ],
    'aes256-gcm96': [
      '180cc8756852c615c48668316dcb74ab82e744a32c4997484f68596c09b4b77c3c270e99',
      'cd5a59d7e14fe5d51a906d2ec9f3793086841366ec6f926b53b152af05c5723fcd3a0ce2',
    ],
    'chacha20-poly1305': [
      '180cc8756852c615c48668316e29d7f739d989ff07317ed138e950c8b24419aa5fdb9bfd',
      'cd5a59d7e14fe5d51a906d2e799402cf047e6ce288f4e98d49b08b52b891b445fb50dac7',
    ],
  },
  hmac: 'd9c69bb9b84205539e8997250f67fa4d0fe9c2944ae6ec1d8f4f43e4270a3544',
} as const

describe('what is stored can be read by every later version of Hevd: frozen bytes', () => {
  const rootKey = bytes('root', 32)

  test('the verifier of a root key', () => {
    expect(verifierOf(rootKey, organisation).toString('hex')).toBe(frozen.verifier)
    expect(isRootKey(rootKey, organisation, verifierOf(rootKey, organisation))).toBe(true)
    expect(isRootKey(bytes('other', 32), organisation, verifierOf(rootKey, organisation))).toBe(false)
    expect(isRootKey(rootKey, 'another', verifierOf(rootKey, organisation))).toBe(false)
  })

  test('a wrapped version, which opens as itself alone', () => {
    const wrapping = wrappingKey(rootKey, organisation)
    const wrapped = wrapVersion(wrapping, id, bytes('material', 32), nonce)
    expect(wrapped.toString('hex')).toBe(frozen.version)
    expect(unwrapVersion(wrapping, id, wrapped)).toEqual(bytes('material', 32))
    const others = [
      ...[
        { ...id, version: 2 },
        { ...id, key: organisation },
        { ...id, organisation: id.key },
      ],
      { ...id, type: 'chacha20-poly1305' as const },
    ]
    for (const other of others) expect(unwrapVersion(wrapping, other, wrapped)).toBeNull()
    expect(unwrapVersion(wrappingKey(bytes('other', 32), organisation), id, wrapped)).toBeNull()
  })

  test.each(['context', 'nonce', 'hmac'] as const)('what is derived for %s', (purpose) => {
    const { secret } = takeUp('aes256-gcm96', bytes('material', 32))
    expect(derive({ secret }, purpose, Buffer.from('kunde 1'), 32).toString('hex')).toBe(
      frozen.derived[purpose],
    )
  })

  test.each(['aes128-gcm96', 'aes256-gcm96', 'chacha20-poly1305'] as const)('ciphertexts of %s', (type) => {
    const { aead, bytes: length } = keyTypes[type]
    if (aead === null || length === null) throw new Error(type)
    const material = takeUp(type, bytes('material', length))
    const associated = Buffer.from('rad 1')
    const plain = { type, aead, material, context: null, convergent: false, associated }
    const bound = { ...plain, context: Buffer.from('kunde 1'), convergent: true }
    const sealed = [plain, bound].map((how) => encryptWith(how, Buffer.from('hemmelig'), nonce))
    expect(sealed.map((one) => one.toString('hex'))).toEqual(frozen.ciphertexts[type])
    const [first = nonce(0), second = nonce(0)] = sealed
    expect(decryptWith(plain, first)?.toString()).toBe('hemmelig')
    expect(decryptWith(bound, second)?.toString()).toBe('hemmelig')
    expect(decryptWith(plain, second)).toBeNull()
  })

  test('an HMAC of a key that is for something else', () => {
    const material = takeUp('aes256-gcm96', bytes('material', 32))
    expect(hmacWith('aes256-gcm96', material, 'sha2-256', Buffer.from('hemmelig')).toString('hex')).toBe(
      frozen.hmac,
    )
  })
})

test('RFC 4231, test case 2: an HMAC key is used as it is', () => {
  const material = takeUp('hmac', Buffer.from('Jefe'))
  expect(
    hmacWith('hmac', material, 'sha2-256', Buffer.from('what do ya want for nothing?')).toString('hex'),
  ).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test.each<[string | number, string | null | undefined]>([
  [0, null],
  ['0', null],
  [3600, 'PT3600S'],
  ['720h', 'PT2592000S'],
  ['1h30m', 'PT5400S'],
  ['30d', 'PT2592000S'],
  ['1w', undefined],
  ['h', undefined],
  [-1, undefined],
  [1.5, undefined],
])('a period of %s is %s', (said, period) => {
  expect(fromVaultDuration(said)).toBe(period)
})

test.each([
  [null, 0],
  ['P90D', 7_776_000],
  ['P1Y2M3DT4H', (365 + 60 + 3) * 86_400 + 14_400],
  ['PT90M', 5400],
])('%s is told as %s seconds', (period, seconds) => {
  expect(toVaultSeconds(period)).toBe(seconds)
})
