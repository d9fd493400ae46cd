import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Pair = { readonly key: string; readonly cert: string }

/** A key and a certificate by openssl: signed by itself, or by an authority of `issuer`'s name that nobody knows. */
export function made(name: string, issuer?: string): Pair {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-impostor-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.pem', '-out', 'ca.crt', '-subj', `/CN=${issuer ?? name}`)
  openssl('req', ...key, '-keyout', 'key.pem', '-out', 'csr.pem', '-subj', `/CN=${name}`)
  openssl('x509', '-req', '-in', 'csr.pem', '-CA', 'ca.crt', '-CAkey', 'ca.pem', '-out', 'cert.pem')
  const pair = {
    key: readFileSync(join(folder, issuer === undefined ? 'ca.pem' : 'key.pem'), 'utf8'),
    cert: readFileSync(join(folder, issuer === undefined ? 'ca.crt' : 'cert.pem'), 'utf8'),
  }
  rmSync(folder, { recursive: true })
  return pair
}

/** A server that is not ours, with what it was asked. */
export async function impostor(
  pair: Pair,
): Promise<{ readonly url: string; readonly heard: readonly string[]; close(): void }> {
  const heard: string[] = []
  const server = createServer(pair, (asked, answer) => {
    heard.push(asked.url ?? '')
    answer.end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return { url: `https://127.0.0.1:${port}`, heard, close: () => server.close() }
}
