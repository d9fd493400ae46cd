import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'

/** The primitives as this Node has them, called the way `seal.ts` and `blind-index.ts` call them. */
const hex = (text: string) => Buffer.from(text, 'hex')

/** McGrew and Viega, The Galois/Counter Mode of Operation (as submitted to NIST for SP 800-38D), test cases 13 to 16. */
const plain =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'
const cipherText =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662'
const key = 'feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308'
const gcm = [
  {
    name: 'test case 13',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plain: '',
    text: '',
    tag: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: 'test case 14',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    aad: '',
    plain: '00'.repeat(16),
    text: 'cea7403d4d606b6e074ec5d3baf39d18',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: 'test case 15',
    key,
    iv: 'cafebabefacedbaddecaf888',
    aad: '',
    plain: `${plain}1aafd255`,
    text: `${cipherText}898015ad`,
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    name: 'test case 16',
    key,
    iv: 'cafebabefacedbaddecaf888',
    aad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    plain,
    text: cipherText,
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
]

test.each(gcm)('AES-256-GCM, $name', (vector) => {
  const cipher = createCipheriv('aes-256-gcm', hex(vector.key), hex(vector.iv), { authTagLength: 16 })
  cipher.setAAD(hex(vector.aad))
  expect(Buffer.concat([cipher.update(hex(vector.plain)), cipher.final()]).toString('hex')).toBe(vector.text)
  expect(cipher.getAuthTag().toString('hex')).toBe(vector.tag)
  const decipher = createDecipheriv('aes-256-gcm', hex(vector.key), hex(vector.iv), { authTagLength: 16 })
  decipher.setAAD(hex(vector.aad))
  decipher.setAuthTag(hex(vector.tag))
  expect(Buffer.concat([decipher.update(hex(vector.text)), decipher.final()]).toString('hex')).toBe(
    vector.plain,
  )
})

/** RFC 4231, section 4. */
const hmac = [
  {
    name: 'test case 1',
    key: '0b'.repeat(20),
    data: Buffer.from('Hi There'),
    mac: '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  },
  {
    name: 'test case 2',
    key: Buffer.from('Jefe').toString('hex'),
    data: Buffer.from('what do ya want for nothing?'),
    mac: '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  },
  {
    name: 'test case 3',
    key: 'aa'.repeat(20),
    data: hex('dd'.repeat(50)),
    mac: 'fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb',
  },
  {
    name: 'test case 6',
    key: 'aa'.repeat(131),
    data: Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First'),
    mac: '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  },
]

test.each(hmac)('HMAC-SHA-512, $name', (vector) => {
  const secret = createSecretKey(hex(vector.key))
  expect(createHmac('sha512', secret).update(vector.data).digest('hex')).toBe(vector.mac)
})
