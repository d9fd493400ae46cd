import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseVerifierKey, verifyNote } from '@hevd/tlog'
import { afterAll, afterEach, expect, test } from 'vitest'
import { testLog } from './testdata/log.ts'

const origin = 'hevd/0199/public'
const log = testLog(origin)
const folder = mkdtempSync(join(tmpdir(), 'hevd-witness-'))
afterAll(() => rmSync(folder, { recursive: true }))

let running: ChildProcess | null = null
afterEach(() => running?.kill('SIGKILL'))

async function start(): Promise<{ url: string; verifierKey: string }> {
  const program = join(import.meta.dirname, 'testdata', 'process.ts')
  const args = [program, folder, 'witness.example', origin, log.watched.verifierKeys[0] ?? '']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  running = child
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line)
  throw new Error('The witness did not start')
}

async function kill(): Promise<void> {
  if (running === null) return
  const ended = once(running, 'exit')
  running.kill('SIGKILL')
  await ended
}

test('killed between and during requests, it confirms no fork of what it confirmed', async () => {
  const first = await start()
  let seen = 0
  let { url } = first
  for (const to of [3, 9, 20, 33, 64]) {
    const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: await log.request(seen, to) })
    expect(answer.status).toBe(200)
    const { signers } = await verifyNote(log.checkpoint(to) + (await answer.text()), [
      await parseVerifierKey(first.verifierKey),
    ])
    expect(signers).toHaveLength(1)
    seen = to
    const fork = testLog(origin, log.signer, (index) => `other ${index}`)
    fetch(`${url}/add-checkpoint`, { method: 'POST', body: await fork.request(seen, to + 1) }).catch(() => {})
    await kill()
    const again = await start()
    expect(again.verifierKey).toBe(first.verifierKey)
    url = again.url
    const forked = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: await fork.request(0, to) })
    expect([forked.status, await forked.text()]).toEqual([409, `${to}\n`])
  }
})
