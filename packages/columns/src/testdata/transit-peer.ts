import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/**
 * A stand-in that speaks the part of Vault's Transit API that the provider uses, as its documents describe it
 * (https://developer.hashicorp.com/vault/api-docs/secret/transit). It has one key, `app columns`.
 */
export type TransitPeer = {
  readonly address: string
  readonly token: string
  readonly namespaces: Set<string>
  sealed: boolean
  /** How often each operation was called. */
  readonly calls: Map<string, number>
  close(): Promise<void>
}

type Answer = readonly [status: number, body: object]
const refused = (status: number, error: string): Answer => [status, { errors: [error] }]

export async function transitPeer(): Promise<TransitPeer> {
  const root = randomBytes(32)
  const token = `hvs.${randomBytes(12).toString('hex')}`
  const namespaces = new Set<string>()
  const calls = new Map<string, number>()

  function wrap(plain: Buffer): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', root, nonce)
    const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return `vault:v1:${bytes.toString('base64')}`
  }

  function unwrap(ciphertext: string): Buffer {
    const bytes = Buffer.from(ciphertext.slice('vault:v1:'.length), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', root, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  }

  function answer(
    path: string,
    given: string | undefined,
    body: { ciphertext?: string; bits?: number },
  ): Answer {
    if (peer.sealed) return refused(503, 'Vault is sealed')
    if (given !== token) return refused(403, 'permission denied')
    const [, operation = '', key] =
      /^\/v1\/transit\/(datakey\/plaintext|decrypt|rewrap)\/(.+)$/.exec(path) ?? []
    if (decodeURIComponent(key ?? '') !== 'app columns') return refused(404, 'encryption key not found')
    calls.set(operation, (calls.get(operation) ?? 0) + 1)
    try {
      if (operation === 'datakey/plaintext') {
        const plain = randomBytes((body.bits ?? 256) / 8)
        return [
          200,
          { data: { plaintext: plain.toString('base64'), ciphertext: wrap(plain), key_version: 1 } },
        ]
      }
      const plain = unwrap(body.ciphertext ?? '')
      return [
        200,
        {
          data:
            operation === 'decrypt' ? { plaintext: plain.toString('base64') } : { ciphertext: wrap(plain) },
        },
      ]
    } catch {
      return refused(400, 'invalid ciphertext: cipher: message authentication failed')
    }
  }

  const server = createServer(async (request, response) => {
    const { 'x-vault-token': given, 'x-vault-namespace': namespace } = request.headers
    if (typeof namespace === 'string') namespaces.add(namespace)
    const body = JSON.parse(await text(request))
    const [status, content] = answer(request.url ?? '', String(given), body)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const peer: TransitPeer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    namespaces,
    sealed: false,
    calls,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return peer
}
