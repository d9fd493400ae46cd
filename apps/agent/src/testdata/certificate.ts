import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { folderWith } from './folder.ts'

export type Made = {
  readonly key: string
  readonly cert: string
  readonly keyFile: string
  readonly certFile: string
}

/** A self-signed certificate by openssl, for `days` from now, or over since then where negative. */
export function certificate(name = 'localhost', days = 30): Made {
  const folder = folderWith()
  const [keyFile, certFile] = [folder.at('key.pem'), folder.at('cert.pem')]
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', keyFile)
  const request = folder.at('request.pem')
  openssl(
    'req',
    '-new',
    '-key',
    keyFile,
    '-subj',
    `/CN=${name}`,
    '-out',
    request,
    '-addext',
    `subjectAltName=DNS:${name}`,
  )
  const signing = [
    'x509',
    '-req',
    '-in',
    request,
    '-signkey',
    keyFile,
    '-out',
    certFile,
    '-copy_extensions',
    'copy',
  ]
  openssl(...signing, '-days', String(days))
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8'), keyFile, certFile }
}

/** A certificate of 30 days for a public key (SubjectPublicKeyInfo in DER, base64), of an authority that nobody knows. */
export function certificateFor(publicKey: string): string {
  const { keyFile, certFile } = certificate('authority')
  const key = `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`
  const folder = folderWith({ 'public.pem': key })
  const made = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' }).toString()
  const request = folder.at('request.pem')
  made('req', '-new', '-key', keyFile, '-subj', '/CN=Hevd agent', '-out', request)
  const authority = ['-CA', certFile, '-CAkey', keyFile]
  return made('x509', '-req', '-in', request, '-force_pubkey', folder.at('public.pem'), ...authority)
}
