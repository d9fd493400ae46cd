import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { hostname } from 'node:os'
import { buffer } from 'node:stream/consumers'
import type { ThrowawayDatabase } from '@hevd/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { addedWebhook, channels, deliveries } from './contract.ts'
import { notInside } from './domain/receiver-address.ts'
import { ask, day, ground, type World, world } from './testdata/world.ts'
import { callReceiver } from './webhook.ts'

let on: ThrowawayDatabase
let w: World
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.drop())
beforeEach(async () => {
  w = await world(on)
})

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A receiver that really listens, and answers what it is told to. */
async function receiver() {
  const state = { status: 204, location: '', calls: [] as Received[] }
  const server = createServer((request, reply) => {
    // Agents under test on the same machine speak to every port that listens.
    if (request.method !== 'POST' || request.url !== '/hook') return void reply.writeHead(404).end()
    void buffer(request).then((body) => {
      state.calls.push({ headers: request.headers, body: body.toString() })
      reply.writeHead(state.status, state.location === '' ? {} : { location: state.location }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(state, { url: `http://127.0.0.1:${port}/hook` })
}

/** HMAC-SHA-256 as OpenSSL computes it, by the Standard Webhooks specification. */
function signatureBy(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64').toString('hex')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const digest = execFileSync(
    'openssl',
    ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${key}`, '-binary'],
    {
      input: signed,
    },
  )
  return `v1,${digest.toString('base64')}`
}

async function added(url: string, config = {}) {
  const notices = w.server({ internalReceivers: true, retryAfter: ['PT1M'], ...config })
  const app = await w.app(notices, () => ({ kind: 'account', id: adminId, role: 'administrator' }))
  const answer = await app.inject({
    method: 'POST',
    url: '/api/notices/webhooks',
    payload: { title: 'Vaktchat', url },
  })
  return { notices, app, answer }
}
const adminId = '3f2a1c34-0000-4000-8000-000000000001'

test('what is asked is called out, signed so that the specification’s receivers verify it', async () => {
  const hook = await receiver()
  const { notices, answer } = await added(hook.url)
  const { id, secret } = addedWebhook.parse(answer.json())
  w.asks = [
    ask('control/a', {
      title: { nb: 'Æ er ikke overholdt', en: 'Æ is not upheld' },
      what: { nb: 'Kari', en: 'Kari' },
    }),
  ]
  await notices.round(w.organisation)
  await notices.round(w.organisation)
  expect(hook.calls).toHaveLength(1)
  const [call] = hook.calls
  if (call === undefined) throw new Error('nothing was called')
  expect(call.headers['webhook-signature']).toBe(signatureBy(secret, call))
  expect(Number(call.headers['webhook-timestamp'])).toBe(w.clock.now() / 1000)
  expect(JSON.parse(call.body)).toEqual({
    id: call.headers['webhook-id'],
    type: 'notices.asked',
    timestamp: '2026-06-01T12:00:00.000Z',
    data: {
      items: [
        {
          id: 'control/a',
          kind: 'control-fails',
          occasion: 'began',
          title: { nb: 'Æ er ikke overholdt', en: 'Æ is not upheld' },
          since: null,
          deadline: null,
          url: 'https://hevd.example.org/controls/control/a',
        },
      ],
    },
  })
  expect(w.recorded).toContainEqual({
    kind: 'webhook-added',
    body: { webhook: id, host: new URL(hook.url).host, by: adminId },
  })
})

describe('a receiver that fails', () => {
  test('is called again with the same id and a fresh signature, and is told once', async () => {
    const hook = await receiver()
    const { notices, answer } = await added(hook.url)
    const { secret } = addedWebhook.parse(answer.json())
    hook.status = 503
    w.asks = [ask('a')]
    await notices.round(w.organisation)
    await notices.round(w.organisation)
    expect(hook.calls).toHaveLength(1)
    hook.status = 200
    w.clock.advance(61_000)
    await notices.round(w.organisation)
    await notices.round(w.organisation)
    expect(hook.calls).toHaveLength(2)
    const [first, second] = hook.calls
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
    if (second !== undefined) expect(second.headers['webhook-signature']).toBe(signatureBy(secret, second))
  })

  test('is switched off after days of it, which is said; and can be switched on again', async () => {
    const hook = await receiver()
    const { notices, app, answer } = await added(hook.url, { giveUpAfter: 'P5D' })
    const { id } = addedWebhook.parse(answer.json())
    hook.status = 500
    w.asks = [ask('a')]
    for (let days = 0; days < 7; days += 1) {
      await notices.round(w.organisation)
      w.clock.advance(day)
    }
    expect(hook.calls).toHaveLength(6)
    expect(w.recorded.map(({ kind }) => kind)).toContain('webhook-disabled')
    expect(w.logged.filter((line) => line.includes('switched off'))).toHaveLength(1)
    const asked = (await app.inject('/api/asked')).json()
    expect(asked.items.map((item: { kind: string }) => item.kind)).toContain('webhook-disabled')
    const list = deliveries.parse((await app.inject('/api/notices/deliveries')).json())
    expect(list).toMatchObject([
      { state: 'failed', title: 'Vaktchat', error: { nb: expect.stringContaining('500') } },
    ])
    hook.status = 200
    await app.inject({ method: 'POST', url: `/api/notices/webhooks/${id}/enable` })
    w.asks = [ask('a'), ask('b')]
    await notices.round(w.organisation)
    expect(hook.calls).toHaveLength(7)
    expect(channels.parse((await app.inject('/api/notices/channels')).json())).toMatchObject({
      webhooks: [{ disabledAt: null, failing: null }],
    })
  })

  test('is switched off at once where it says that it is gone', async () => {
    const hook = await receiver()
    const { notices } = await added(hook.url)
    hook.status = 410
    w.asks = [ask('a')]
    await notices.round(w.organisation)
    expect(w.recorded.map(({ kind }) => kind)).toContain('webhook-disabled')
  })

  test('a redirect leads nowhere', async () => {
    const [hook, other] = [await receiver(), await receiver()]
    const { notices } = await added(hook.url)
    Object.assign(hook, { status: 302, location: other.url })
    w.asks = [ask('a')]
    await notices.round(w.organisation)
    expect(hook.calls).toHaveLength(1)
    expect(other.calls).toHaveLength(0)
  })
})

describe('receivers inside', () => {
  test('are refused where that is not allowed, in words', async () => {
    const hook = await receiver()
    const { answer } = await added(hook.url, { internalReceivers: false })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({
      code: 'webhook-not-allowed',
      detail: expect.stringContaining('HEVD_WEBHOOK_INTERNAL'),
    })
  })

  test('are not called once it is no longer allowed', async () => {
    const hook = await receiver()
    await added(hook.url)
    w.asks = [ask('a')]
    await w.server({ internalReceivers: false }).round(w.organisation)
    expect(hook.calls).toHaveLength(0)
  })

  test('a name that leads inside is found out when it is looked up', async () => {
    const call = { url: `https://${hostname()}/`, secret: 'whsec_AAAA', id: '1', body: '{}', at: 0 }
    const outcome = await callReceiver(call, { internalReceivers: false, answerWithin: 'PT5S' })
    expect(outcome).toEqual({ kind: 'down', why: notInside })
  })
})

test('a removed receiver is called no more', async () => {
  const hook = await receiver()
  const { notices, app, answer } = await added(hook.url)
  const { id } = addedWebhook.parse(answer.json())
  const remove = () => app.inject({ method: 'DELETE', url: `/api/notices/webhooks/${id}` })
  expect((await remove()).statusCode).toBe(200)
  expect((await remove()).json()).toMatchObject({ code: 'no-such-webhook' })
  w.asks = [ask('a')]
  await notices.round(w.organisation)
  expect(hook.calls).toHaveLength(0)
})
