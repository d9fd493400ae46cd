import { createPublicKey, hash } from 'node:crypto'
import { basename } from 'node:path'
import type { keyFiles, ValueOf } from '@hevd/facts'
import { contextOf, look } from '@hevd/scan'

export type KeyMaterial = Pick<ValueOf<typeof keyFiles>, 'kind' | 'encrypted' | 'fingerprint' | 'secrets'>

/** What stands before `PRIVATE KEY` in PEM (RFC 7468), in the formats of old, and in OpenSSH's. */
const labels = ['', 'ENCRYPTED ', 'RSA ', 'EC ', 'DSA ', 'OPENSSH '] as const
type Block = { readonly label: (typeof labels)[number]; readonly pem: string; readonly body: string }
/** Settings that only show what others look like. */
const examples = /\.(example|sample|template|dist|defaults?)$|^(example|sample|template)\.env$/

/** What a file holds of keys and secrets, by what stands in it; null where that is nothing. */
export function recognise(path: string, text: string): KeyMaterial | null {
  const blocks = labels.flatMap((label) => blocksOf(text, label))
  const [first] = blocks
  if (first !== undefined) {
    const { encrypted, fingerprint } = first.label === 'OPENSSH ' ? ofOpenSsh(first) : ofPem(first)
    return { kind: 'private-key', encrypted, fingerprint, secrets: blocks.length }
  }
  const name = basename(path)
  if (!/^\.env(\.|$)|\.env$/.test(name) || examples.test(name)) return null
  const secrets = secretsIn(text)
  return secrets === 0 ? null : { kind: 'secrets', encrypted: false, fingerprint: null, secrets }
}

/** Each byte is looked at once, however many beginnings have no end: others write these files too. */
function blocksOf(text: string, label: Block['label']): Block[] {
  const [begin, end] = [`-----BEGIN ${label}PRIVATE KEY-----`, `-----END ${label}PRIVATE KEY-----`]
  const found: Block[] = []
  for (let from = text.indexOf(begin); from !== -1; ) {
    const to = text.indexOf(end, from)
    if (to === -1) break
    const pem = text.slice(from, to + end.length)
    found.push({ label, pem, body: pem.slice(begin.length, -end.length) })
    from = text.indexOf(begin, to)
  }
  return found
}

/** Keys of PKCS #8, PKCS #1 and SEC 1, and with a passphrase by either of the ways of old. */
function ofPem({ pem, label }: Block): Pick<KeyMaterial, 'encrypted' | 'fingerprint'> {
  if (label === 'ENCRYPTED ' || pem.includes('Proc-Type: 4,ENCRYPTED'))
    return { encrypted: true, fingerprint: null }
  try {
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' })
    return { encrypted: false, fingerprint: fingerprintOf(spki) }
  } catch {
    return { encrypted: false, fingerprint: null }
  }
}

/** openssh-key-v1 (OpenSSH, PROTOCOL.key): the public half stands in clear, whether the rest has a passphrase or not. */
function ofOpenSsh({ body }: Block): Pick<KeyMaterial, 'encrypted' | 'fingerprint'> {
  const bytes = Buffer.from(body, 'base64')
  const magic = 'openssh-key-v1\0'
  if (!bytes.toString('latin1').startsWith(magic)) return { encrypted: false, fingerprint: null }
  let at = magic.length
  const next = () => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0
    const field = bytes.subarray(at + 4, at + 4 + length)
    at += 4 + length
    return field
  }
  const encrypted = next().toString('latin1') !== 'none'
  next() // name of the key derivation
  next() // its options
  at += 4 // how many keys
  const key = next()
  return { encrypted, fingerprint: key.length === 0 ? null : fingerprintOf(key) }
}

const fingerprintOf = (bytes: Buffer) => `SHA256:${hash('sha256', bytes, 'base64').replace(/=+$/, '')}`

/** How many of the settings, as `KEY=value` or `export KEY="value"`, are recognised as secrets. */
function secretsIn(text: string): number {
  return text.split('\n').filter((line) => {
    const [, name, given] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name === undefined || given === undefined) return false
    const value = /^(['"])(.*)\1$/.exec(given)?.[2] ?? given
    return look(value, contextOf(name)).some(
      ({ kind, confidence }) => kind === 'secret' && confidence !== 'low',
    )
  }).length
}
