import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Bench } from './bench.ts'
import { keyName, type TransitGround, transitGround } from './transit/ground.ts'
import type { Load } from './transit/load.ts'

const connections = 128
/** Short stretches in turns, so that what else the machine does hits both alike. */
const milliseconds = 700
const rounds = 20
const plaintext = Buffer.alloc(40, 'a').toString('base64')

/** What encrypting one text answers, as the route that does nothing does too. */
const answer = {
  request_id: '00000000-0000-4000-8000-000000000000',
  ...{ lease_id: '', renewable: false, lease_duration: 0 },
  data: { ciphertext: `vault:v1:${Buffer.alloc(68).toString('base64')}`, key_version: 1 },
  ...{ wrap_info: null, warnings: null, auth: null, mount_type: 'transit' },
}

/** Requests a second of the Transit API beside the same server's route that does nothing, over loopback. */
export const transit: Bench = {
  name: 'transit',
  async run(report) {
    const ground = await transitGround(answer)
    const nothing = requestOf(ground, ground.nothing, { plaintext })
    const encrypt = requestOf(ground, `/v1/transit/encrypt/${keyName}`, { plaintext })
    let ours = 0
    let reference = 0
    for (let round = 1; round <= rounds; round += 1) {
      reference = Math.max(reference, await speedOf(ground, nothing))
      ours = Math.max(ours, await speedOf(ground, encrypt))
      report(`round ${round}: ${ours.toFixed(0)} and ${reference.toFixed(0)} requests/s`)
    }
    const hundred = Array.from({ length: 100 }, () => ({ plaintext }))
    const batch = requestOf(ground, `/v1/transit/encrypt/${keyName}`, { batch_input: hundred })
    const hmac = requestOf(ground, `/v1/transit/hmac/${keyName}`, { input: plaintext })
    const texts = 100 * (await speedOf(ground, batch))
    const macs = await speedOf(ground, hmac)
    const oneNothing = await speedOf(ground, nothing, 1)
    const one = await speedOf(ground, encrypt, 1)
    await ground.end()
    return {
      ours,
      reference,
      unit: 'requests/s',
      what: `the same Fastify server answering as much and doing nothing, ${connections} connections`,
      others: [
        { what: 'HMAC of one text', value: macs, ratio: macs / reference },
        { what: 'texts a second, in batches of 100', value: texts, ratio: texts / reference },
        { what: 'one connection, of one that does nothing', value: one, ratio: one / oneNothing },
      ],
    }
  },
}

function requestOf({ port, token }: TransitGround, path: string, body: object): string {
  const text = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `X-Vault-Token: ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
  ]
  return `${head.join('\r\n')}\r\n\r\n${text}`
}

/** Answers a second; whoever asks is a thread of its own. */
async function speedOf({ port }: TransitGround, request: string, callers = connections): Promise<number> {
  const load: Load = { port, request, connections: callers, milliseconds }
  const worker = new Worker(join(import.meta.dirname, 'transit', 'load.ts'), { workerData: load })
  const answered = await new Promise<number>((done, fail) => worker.once('message', done).once('error', fail))
  return (answered * 1000) / milliseconds
}
