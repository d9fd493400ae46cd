import { createHash, createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Heard, json, standIn } from './stand-in.ts'

export const awsCredentials = {
  id: 'AKIDEXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  session: 'a session',
}
export const awsKey = 'arn:aws:kms:eu-north-1:111122223333:key/0987dcba'

const context = z.strictObject({ 'hevd:root-key': z.base64() })
const encrypting = z.strictObject({ KeyId: z.string(), Plaintext: z.base64(), EncryptionContext: context })
const decrypting = z.strictObject({
  KeyId: z.string(),
  CiphertextBlob: z.base64(),
  EncryptionContext: context,
})

/** AWS KMS with one key, at a moment: it recomputes each signature from what came over the wire. */
export async function awsKmsStandIn(now: () => number) {
  const kept = new Map<string, { readonly plaintext: string; readonly context: string }>()
  const refuse = (type: string, message: string) => json({ __type: type, message }, 400)
  const answer = (heard: Heard) => {
    const fault = signatureFault(heard, now())
    if (fault !== null) return refuse(fault, 'The request signature we calculated does not match')
    if (heard.headers['content-type'] !== 'application/x-amz-json-1.1') return refuse('UnknownOperation', '')
    if (heard.headers['x-amz-target'] === 'TrentService.Encrypt') {
      const asked = encrypting.parse(JSON.parse(heard.body))
      if (asked.KeyId !== awsKey) return refuse('NotFoundException', `Key '${asked.KeyId}' does not exist`)
      const CiphertextBlob = randomBytes(64).toString('base64')
      kept.set(CiphertextBlob, {
        plaintext: asked.Plaintext,
        context: JSON.stringify(asked.EncryptionContext),
      })
      return json({ CiphertextBlob, KeyId: awsKey, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
    }
    const asked = decrypting.parse(JSON.parse(heard.body))
    const found = kept.get(asked.CiphertextBlob)
    if (asked.KeyId !== awsKey) return refuse('IncorrectKeyException', '')
    if (found === undefined || found.context !== JSON.stringify(asked.EncryptionContext))
      return refuse('InvalidCiphertextException', '')
    return json({ Plaintext: found.plaintext, KeyId: awsKey, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' })
  }
  return standIn(answer)
}

function signatureFault({ method, path, headers, body }: Heard, now: number): string | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/(eu-north-1)\/(kms)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  const [, id, date = '', region = '', service = '', signed = '', signature] = match ?? []
  const time = String(headers['x-amz-date'])
  if (id !== awsCredentials.id || headers['x-amz-security-token'] !== awsCredentials.session)
    return 'UnrecognizedClientException'
  const at = Date.parse(time.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  if (Math.abs(now - at) > 300_000 || !time.startsWith(date)) return 'InvalidSignatureException'
  for (const name of ['host', 'x-amz-date', 'x-amz-target', 'content-type', 'x-amz-security-token'])
    if (!signed.split(';').includes(name)) return 'InvalidSignatureException'
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const hashed = createHash('sha256').update(body).digest('hex')
  const request = `${method}\n${path}\n\n${lines.join('')}\n${signed}\n${hashed}`
  const scope = `${date}/${region}/${service}/aws4_request`
  const digest = createHash('sha256').update(request).digest('hex')
  let key: string | Buffer = `AWS4${awsCredentials.secret}`
  for (const part of [
    date,
    region,
    service,
    'aws4_request',
    `AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`,
  ])
    key = createHmac('sha256', key).update(part).digest()
  return Buffer.from(key).toString('hex') === signature ? null : 'InvalidSignatureException'
}
