import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { signRequest } from '@hevd/aws'
import type { S3Setting } from '../setting.ts'

const credentials = { accessKeyId: 'test:tester', secretAccessKey: 'testing' }

/** OpenStack Swift's S3 API on loopback, with an empty bucket. It checks signatures, and lists five objects a page. */
export async function swift(): Promise<{ readonly setting: S3Setting; stop(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'hevd-swift-'))
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'swift-server.py'), folder, 'testing'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = await Array.fromAsync(firstLine(child.stdout))
  if (port === undefined) throw new Error('Swift did not start')
  const setting: S3Setting = {
    kind: 's3',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-north-1',
    bucket: 'backups',
    prefix: 'of/hevd',
    addressing: 'path',
    credentials,
  }
  const payload = createHash('sha256').update('').digest('hex')
  const headers = signRequest(
    {
      method: 'PUT',
      host: `127.0.0.1:${port}`,
      path: '/backups',
      query: '',
      headers: { 'x-amz-content-sha256': payload },
      payload,
    },
    { id: credentials.accessKeyId, secret: credentials.secretAccessKey, session: null },
    { region: 'eu-north-1', service: 's3', at: Date.now() },
  )
  const made = await fetch(`${setting.endpoint}/backups`, { method: 'PUT', headers })
  if (!made.ok) throw new Error(await made.text())
  return {
    setting,
    stop() {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

async function* firstLine(output: NodeJS.ReadableStream) {
  for await (const line of createInterface({ input: output })) {
    yield line
    return
  }
}
