import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decryptStringSync, encryptStringSync, generateKey, parseKeySync } from '@47ng/cloak'
import {
  buildClient,
  CommitmentPolicy,
  getLocalCryptographicMaterialsCache,
  NodeCachingMaterialsManager,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node'
import { localKeyFile, makeKeyFile, openColumns, prepareColumns } from '@hevd/columns'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import type { Bench, BenchResult } from './bench.ts'
import { keyTable } from './columns-key-table.ts'

const value = 'en nøkkel på akkurat førti byte: 1234'
const id = '018f3c1e-7b2a-7cc3-9d52-0a1b2c3d4e5f'
const associated = Buffer.from(`acme/customer/api_key/${id}/1`)
const rounds = 40
/** Of processor time, in microseconds. */
const roundLasts = 40_000

type Contestant = { readonly what: string; readonly run: () => string | Promise<string> }

/**
 * Values a second of one core, there and back: a value of 40 bytes encrypted and decrypted. Ours is what an application
 * calls: a row sealed and opened, with a derived key, a commitment, the row's place as associated data, the term of the
 * index, and the envelope as text. The reference is AES-256-GCM as it is written by hand, and gives bytes.
 */
export const columns: Bench = {
  name: 'columns',
  async run(report): Promise<BenchResult> {
    if (Buffer.byteLength(value) !== 40) throw new Error('The value is not of 40 bytes')
    const reference: Contestant = { what: 'raw', run: raw(randomBytes(32)) }
    const contestants = [reference, await ours(true), await ours(false), prepared(), ...(await peers())]
    const best = new Map(contestants.map(({ what }) => [what, 0]))
    for (let round = 0; round < rounds; round += 1) {
      for (const contestant of contestants)
        best.set(contestant.what, Math.max(best.get(contestant.what) ?? 0, await rate(contestant)))
      if (round % 10 === 9) report(`${round + 1} of ${rounds}`)
    }
    const rateOf = ({ what }: Contestant) => best.get(what) ?? 0
    const [, own, ...others] = contestants
    if (own === undefined) throw new Error('There is nothing to measure')
    return {
      ours: rateOf(own),
      reference: rateOf(reference),
      unit: 'values/s',
      what: 'node:crypto AES-256-GCM with associated data, a random nonce a value and one key for all, to bytes and back',
      others: others.map((other) => ({
        what: other.what,
        value: rateOf(other),
        ratio: rateOf(other) / rateOf(reference),
      })),
    }
  },
}

/**
 * Values a second of this process's own processor time, so that others on the machine do not count. Throws if a value
 * does not come back.
 */
async function rate({ what, run }: Contestant): Promise<number> {
  if ((await run()) !== value) throw new Error(`${what}: the value did not come back`)
  const waits = run() instanceof Promise
  const began = process.cpuUsage()
  let done = 0
  for (;;) {
    for (let n = 0; n < 50; n += 1) {
      const back = run()
      if (waits) await back
    }
    done += 50
    const { user, system } = process.cpuUsage(began)
    if (user + system > roundLasts) return (done / (user + system)) * 1_000_000
  }
}

function raw(key: Buffer | KeyObject): () => string {
  return () => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(associated)
    const bytes = Buffer.concat([nonce, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAAD(associated)
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
  }
}

/** The reference with its key prepared. */
function prepared(): Contestant {
  return { what: 'the reference with a prepared key object', run: raw(createSecretKey(randomBytes(32))) }
}

async function ours(indexed: boolean): Promise<Contestant> {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-bench-'))
  try {
    const path = join(folder, 'root.key')
    await makeKeyFile(path)
    const index = indexed ? { index: { column: 'api_key_index' } } : {}
    const keyring = {
      database: keyTable(),
      provider: localKeyFile(path),
      tables: {
        customer: { id: 'id', tenant: 'tenant', columns: { api_key: { type: 'string', ...index } } },
      },
    } as const
    await prepareColumns(keyring)
    const { customer } = (await openColumns(keyring)).tables
    return {
      what: indexed ? 'ours' : 'ours without an index',
      run: () => String(customer.open(customer.seal({ id, tenant: 'acme', api_key: value })).api_key),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function peers(): Promise<Contestant[]> {
  const cloak = parseKeySync(generateKey())
  const noble = randomBytes(32)
  const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)
  const context = { tenant: 'acme', table: 'customer', column: 'api_key', row: id }
  const materials = new NodeCachingMaterialsManager({
    backingMaterials: new RawAesKeyringNode({
      keyName: 'columns',
      keyNamespace: 'bench',
      unencryptedMasterKey: new Uint8Array(randomBytes(32)),
      wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    }),
    cache: getLocalCryptographicMaterialsCache(100),
    maxAge: 3_600_000,
  })
  return [
    {
      what: '@47ng/cloak, to text and back, without associated data',
      run: () => decryptStringSync(encryptStringSync(value, cloak), cloak),
    },
    {
      what: '@noble/ciphers XChaCha20-Poly1305 with associated data, to bytes and back',
      run: () => {
        const nonce = randomBytes(24)
        const sealed = xchacha20poly1305(noble, nonce, associated).encrypt(Buffer.from(value))
        return Buffer.from(xchacha20poly1305(noble, nonce, associated).decrypt(sealed)).toString('utf8')
      },
    },
    {
      what: '@aws-crypto/client-node, raw AES keyring with cached materials, to bytes and back',
      run: async () => {
        const { result } = await encrypt(materials, value, { encryptionContext: context })
        return (await decrypt(materials, result)).plaintext.toString('utf8')
      },
    },
  ]
}
