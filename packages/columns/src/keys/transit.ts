import { ColumnsError } from '../errors.ts'
import { type DataKeyPair, KEY_BYTES, type KeyProvider } from './provider.ts'

export type TransitOptions = {
  /** `https://vault.example:8200`; the path `/v1` is ours to add. `http` on this host alone. */
  readonly address: string
  /** A token, or what gives the present one, asked at each call. */
  readonly token: string | (() => string | Promise<string>)
  /** The name of the key; of type aes256-gcm96 or chacha20-poly1305. */
  readonly key: string
  /** Where the secrets engine is mounted; `transit` if not given. */
  readonly mount?: string
  readonly namespace?: string
  /** Milliseconds that an answer may take; 10,000 if not given. */
  readonly timeout?: number
  readonly fetch?: typeof globalThis.fetch
}

const TIMEOUT = 10_000

/**
 * The Transit engine of HashiCorp Vault, OpenBao or Hevd as the holder of the root key. The token needs `update` on
 * `<mount>/datakey/plaintext/<key>` and `<mount>/rewrap/<key>` (who prepares and rotates) and on
 * `<mount>/decrypt/<key>` (who reads and writes values).
 */
export function transit(options: TransitOptions): KeyProvider {
  const {
    address,
    token,
    key,
    mount = 'transit',
    namespace,
    timeout = TIMEOUT,
    fetch = globalThis.fetch,
  } = options
  if (!isPrivate(address))
    throw new ColumnsError('declaration-wrong', {
      where: 'Transit',
      what: `${address} would send the token and the keys in clear; use https`,
    })
  const base = `${address.replace(/\/+$/, '')}/v1/${mount.replace(/^\/+|\/+$/g, '')}`
  const name = `Transit at ${address}, key ${key}`

  async function call(path: string, body: object): Promise<Answer> {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-vault-token': typeof token === 'string' ? token : await token(),
      'x-vault-request': 'true',
    }
    if (namespace !== undefined) headers['x-vault-namespace'] = namespace
    const answered = await reached(name, async () => {
      const response = await fetch(`${base}/${path}/${encodeURIComponent(key)}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      })
      return { status: response.status, text: await response.text() }
    })
    return read(name, answered.status, answered.text)
  }

  return {
    name,
    async newDataKey(): Promise<DataKeyPair> {
      const { data } = await call('datakey/plaintext', { bits: KEY_BYTES * 8 })
      return { plain: keyOf(name, data?.plaintext), wrapped: textOf(name, data?.ciphertext) }
    },
    async unwrap(wrapped) {
      const { data } = await call('decrypt', { ciphertext: wrapped }).catch((error: unknown) => {
        const refused = error instanceof ColumnsError && error.code === 'provider-refused'
        throw refused ? new ColumnsError('wrapped-unfit', { provider: name }, error) : error
      })
      return keyOf(name, data?.plaintext)
    },
    async rewrap(wrapped) {
      const { data } = await call('rewrap', { ciphertext: wrapped })
      return textOf(name, data?.ciphertext)
    },
  }
}

function isPrivate(address: string): boolean {
  const { protocol, hostname } = URL.parse(address) ?? { protocol: '', hostname: '' }
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
}

type Answer = {
  readonly data?: { readonly plaintext?: unknown; readonly ciphertext?: unknown }
  readonly errors?: unknown
}

async function reached<T>(provider: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const { cause } = error instanceof Error ? error : { cause: undefined }
    const reason =
      cause instanceof Error && 'code' in cause
        ? String(cause.code)
        : error instanceof Error
          ? error.name
          : 'unknown'
    throw new ColumnsError('provider-unreachable', { provider, reason }, error)
  }
}

function read(provider: string, status: number, text: string): Answer {
  const answer = parsed(text)
  if (status === 200) return answer
  const errors = Array.isArray(answer.errors) ? answer.errors.map(String).join('; ').slice(0, 200) : ''
  const said = errors === '' ? '' : `: ${errors}`
  if (status === 403) throw new ColumnsError('provider-denied', { provider, said })
  if (status === 404) throw new ColumnsError('provider-key-missing', { provider, said })
  if (status === 503) throw new ColumnsError('provider-sealed', { provider, said })
  throw new ColumnsError('provider-refused', { provider, status, said })
}

function parsed(text: string): Answer {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? answer : {}
  } catch {
    return {}
  }
}

function keyOf(provider: string, plaintext: unknown): Buffer {
  const bytes = Buffer.from(textOf(provider, plaintext), 'base64')
  if (bytes.length !== KEY_BYTES) throw new ColumnsError('wrapped-unfit', { provider })
  return bytes
}

function textOf(provider: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new ColumnsError('provider-refused', { provider, status: 200, said: ', but not as Transit does' })
}
