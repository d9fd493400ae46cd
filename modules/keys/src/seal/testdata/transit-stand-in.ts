import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Heard, json, standIn } from './stand-in.ts'

const encrypting = z.strictObject({ plaintext: z.base64(), associated_data: z.base64() })
const decrypting = z.strictObject({ ciphertext: z.string(), associated_data: z.base64() })
export const transitToken = 'hvs.stand-in'

/** Transit of Vault with one key `hevd-root` of aes256-gcm96; `sealed` while it is told so. */
export async function transitStandIn() {
  const key = randomBytes(32)
  let sealed = false
  const errors = (status: number, ...texts: string[]) => json({ errors: texts }, status)
  const data = (fields: object) =>
    json({
      request_id: '9f1c',
      lease_id: '',
      renewable: false,
      lease_duration: 0,
      data: fields,
      wrap_info: null,
      warnings: null,
      auth: null,
    })
  const answer = ({ method, path, headers, body }: Heard) => {
    if (sealed) return errors(503, 'Vault is sealed')
    if (headers['x-vault-token'] !== transitToken) return errors(403, 'permission denied')
    if (headers['x-vault-namespace'] !== 'drift') return errors(404, 'no handler for route')
    if (method !== 'POST') return errors(405)
    if (path === '/v1/transit/encrypt/hevd-root') {
      const asked = encrypting.parse(JSON.parse(body))
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(asked.associated_data, 'base64'))
      const text = Buffer.concat([nonce, cipher.update(asked.plaintext, 'base64'), cipher.final()])
      const whole = Buffer.concat([text, cipher.getAuthTag()])
      return data({ ciphertext: `vault:v1:${whole.toString('base64')}`, key_version: 1 })
    }
    if (path !== '/v1/transit/decrypt/hevd-root') return errors(404, 'no handler for route')
    const asked = decrypting.parse(JSON.parse(body))
    const bytes = Buffer.from(asked.ciphertext.replace('vault:v1:', ''), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAAD(Buffer.from(asked.associated_data, 'base64')).setAuthTag(bytes.subarray(-16))
    try {
      const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
      return data({ plaintext: plain.toString('base64') })
    } catch {
      return errors(400, 'cipher: message authentication failed')
    }
  }
  const server = await standIn(answer)
  const setSealed = (now: boolean) => {
    sealed = now
  }
  return { ...server, setSealed }
}
