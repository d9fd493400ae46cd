import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { SmtpConfig } from '../config.ts'

const received = z.object({
  to: z.array(z.string()),
  from: z.string(),
  encrypted: z.boolean(),
  /** As Python's parser decodes them. */
  headers: z.record(z.string(), z.string()),
  text: z.string(),
  html: z.string(),
  raw: z.string(),
})
export type Received = z.infer<typeof received>

export type MailServer = {
  readonly port: number
  readonly mails: readonly Received[]
  /** How to speak to it. */
  readonly smtp: SmtpConfig
  stop(): Promise<void>
}

export type MailServerSettings = {
  readonly port?: number
  readonly tls?: 'none' | 'starttls' | 'implicit'
  readonly user?: string
  readonly pass?: string
  /** What it answers to a message; 250 where left out. */
  readonly answer?: string
  /** Seconds it takes to answer. */
  readonly stall?: number
}

/** Starts a real mail server; resolves when it listens. */
export async function startMailServer(settings: MailServerSettings = {}): Promise<MailServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-mail-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const { tls = 'none' } = settings
  if (tls !== 'none') makeCertificate(cert, key)
  const program = join(import.meta.dirname, 'mail-server.py')
  const child = spawn('/usr/bin/python3', [program, JSON.stringify({ ...settings, tls, cert, key })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [first] = await once(lines, 'line')
  const { port } = z.object({ port: z.int() }).parse(JSON.parse(String(first)))
  const mails: Received[] = []
  lines.on('line', (line) => mails.push(received.parse(JSON.parse(line))))
  return {
    port,
    mails,
    smtp: {
      host: '127.0.0.1',
      port,
      tls,
      credentials: null,
      from: 'Hevd på Ås <hevd@example.org>',
      ...(tls === 'none' ? {} : { authorities: readFileSync(cert, 'utf8') }),
    },
    async stop() {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}

function makeCertificate(cert: string, key: string): void {
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
      .concat(['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'])
      .concat(['-keyout', key, '-out', cert]),
    { stdio: 'ignore' },
  )
}
