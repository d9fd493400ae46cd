import type { PolicyText } from '@hevd/posture'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TrustControl } from './contract.ts'
import { startWorld, type World } from './testdata/world.ts'
import { readPage, shownPage, verifyTrust } from './verify/index.ts'

/** A policy that the organisation has made its own, as the public page shows and proves it. */
let world: World
const ada = '01990000-0000-7000-8000-000000000001'
const hour = 3_600_000
const reason = 'Vi har ingen egne maskiner, bare en skytjeneste.'

beforeAll(async () => {
  world = await startWorld('2026-06-01T12:00:00Z')
  await world.publish()
})
afterAll(() => world.stop())

async function amend(control: string, over: Partial<PolicyText>): Promise<void> {
  const { db } = world.target
  await db.transaction(world.organisation, async (tx) => {
    const text = (await world.posture.texts(tx, world.organisation)).get(control)
    if (text === undefined) throw new Error(`${control} has no text`)
    const texts = new Map([[control, { ...text, ...over }]])
    await world.posture.amend(tx, world.organisation, { texts, by: ada, single: false, from: {} })
  })
  await world.publish()
}
const show = (control: string, shows: string) =>
  world.call('PUT', '/api/trust/shows', 'administrator', { controls: [{ control, shows }] })
const controlOf = async (id: string): Promise<TrustControl> => {
  const found = (await world.view()).sections.flatMap(({ controls }) => controls).find((one) => one.id === id)
  if (found === undefined) throw new Error(`${id} is not shown`)
  return found
}
type Lie = (control: Record<string, unknown>) => void
/** What a reader finds of the page, where the server lies of a control. */
async function verified(
  id = '',
  lie: Lie = () => {},
): Promise<{ outcome: string; code: string | undefined }> {
  const found = await verifyTrust({
    url: 'http://127.0.0.1:4383/trust',
    fetch: async (url) => {
      const { pathname, search } = new URL(url)
      const answer = await world.app.inject({ url: pathname + search })
      if (pathname !== '/api/trust')
        return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode })
      const view = answer.json()
      for (const section of view.sections)
        for (const control of section.controls) if (control.id === id) lie(control)
      return Response.json(view)
    },
    pinnedKey: null,
    remembered: null,
    now: world.clock.now(),
  })
  return { outcome: found.outcome, code: found.controls.find((one) => one.control === id)?.code }
}

test('amended words and parameters are shown in both languages, with a proof over exactly them', async () => {
  const statement = { nb: 'Vi oppdaterer alt innen en uke.', en: 'We update everything within a week.' }
  const before = await controlOf('patched')
  await amend('patched', { statement, parameters: { ...before.parameters, securityWithin: 'P7D' } })
  const after = await controlOf('patched')
  expect(after).toMatchObject({ statement, parameters: { securityWithin: 'P7D' } })
  expect(after.leaf.policyDigest).not.toBe(before.leaf.policyDigest)
  for (const locale of ['nb', 'en'] as const) {
    const { body } = await world.call('GET', `/trust?lang=${locale}`)
    expect(body).toContain(statement[locale])
    expect(readPage(body)).toEqual(shownPage(await world.view(), locale))
  }
  expect(await verified()).toMatchObject({ outcome: 'proven' })
  expect(
    await verified('patched', (control) => {
      control.parameters = { ...before.parameters }
    }),
  ).toMatchObject({ outcome: 'wrong', code: 'text-changed' })
})

test('that a control does not apply is withheld like its state while only its words are public', async () => {
  world.clock.advance(hour)
  await amend('redundant-power', { notApplicable: { reason, reviewBy: world.clock.now() + 240 * hour } })
  const control = await controlOf('redundant-power')
  expect(control).toMatchObject({ shows: 'statement', notApplicable: null, leaf: { state: null } })
  expect(control.leaf).not.toHaveProperty('reasonDigest')
  const { body } = await world.call('GET', '/trust?lang=nb')
  expect(body).not.toContain(reason)
  const opened = await world.call(
    'GET',
    `/api/trust/controls/redundant-power/opening?sequence=${control.leaf.sequence}`,
    'administrator',
  )
  expect(opened.json()).toMatchObject({
    withheld: { state: 'not-applicable', reasonDigest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
  expect(await verified()).toMatchObject({ outcome: 'proven' })
})

test('is said with its reason and review where the state is public, and proven', async () => {
  await show('redundant-power', 'status-and-history')
  await world.publish()
  const control = await controlOf('redundant-power')
  expect(control).toMatchObject({
    notApplicable: { reason },
    leaf: { state: 'not-applicable', counts: null },
  })
  for (const [locale, word] of [
    ['nb', 'Gjelder ikke'],
    ['en', 'Not applicable'],
  ] as const) {
    const { body } = await world.call('GET', `/trust?lang=${locale}`)
    expect(body).toContain(reason)
    expect(body).toContain(word)
    expect(readPage(body)).toEqual(shownPage(await world.view(), locale))
  }
  expect(await verified()).toMatchObject({ outcome: 'proven' })
})

test.each<[string, Lie]>([
  [
    'another reason',
    (control) => Object.assign(control, { notApplicable: { reason: 'Fordi.', reviewBy: 1 } }),
  ],
  ['none', (control) => Object.assign(control, { notApplicable: null })],
])('a page that gives %s is caught', async (_name, lie) => {
  expect(await verified('redundant-power', lie)).toMatchObject({ outcome: 'wrong', code: 'text-changed' })
})

test('past its review it stands as it is judged, and the reason is gone from the page', async () => {
  world.clock.advance(241 * hour)
  await world.publish()
  const control = await controlOf('redundant-power')
  expect(control.notApplicable).toBeNull()
  expect(control.leaf.state).toBe('unknown')
  expect(control.history.map(({ leaf }) => leaf.state)).toEqual(['unknown', 'not-applicable'])
  expect(await verified()).toMatchObject({ outcome: 'proven' })
})

test('read back, the page shows the approved words', async () => {
  await world.trust.start()
  const seen = async () =>
    world.target.db.transaction(world.organisation, async (tx) => {
      const lookup = { type: 'published-text', by: 'ofControl', value: 'patched', scope: '-' }
      return (await world.feeds.read(tx, world.organisation, [lookup]))[0]?.facts ?? []
    })
  await expect.poll(async () => (await seen()).length, { timeout: 20_000 }).toBe(2)
  const { leaf } = await controlOf('patched')
  for (const { value } of await seen()) expect(value).toMatchObject({ digest: leaf.policyDigest })
})
