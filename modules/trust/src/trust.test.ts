import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publishedTexts } from '@hevd/facts'
import { schemaFaults } from '@hevd/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { controlProof, type Opening, opening, type TrustControl, trustView } from './contract.ts'
import { trustErrors } from './errors.ts'
import { startWorld, type World } from './testdata/world.ts'
import { commitmentOf, policyDigest, readPage, shownPage, verifyTrust } from './verify/index.ts'

const minute = 60_000
const hour = 60 * minute

let world: World
beforeAll(async () => {
  world = await startWorld('2026-06-01T12:00:00Z')
})
afterAll(() => world.stop())

const controlOf = async (id: string): Promise<TrustControl> => {
  const found = (await world.view()).sections.flatMap(({ controls }) => controls).find((one) => one.id === id)
  if (found === undefined) throw new Error(`${id} is not shown`)
  return found
}
const show = (control: string, shows: string) =>
  world.call('PUT', '/api/trust/shows', 'administrator', { controls: [{ control, shows }] })
const publicEntries = async () => (await world.ledger.state(world.organisation, 'public')).size
const verified = (now = world.clock.now()) =>
  verifyTrust({
    url: 'http://127.0.0.1:4383/trust',
    fetch: async (url) => {
      const { pathname, search } = new URL(url)
      const answer = await world.app.inject({ url: pathname + search })
      return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode })
    },
    pinnedKey: null,
    remembered: null,
    now,
  })

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(world.target.ownerUrl)).toEqual([])
})

test('before anything is published the page says so and what will happen', async () => {
  const answer = await world.call('GET', '/trust?lang=nb')
  expect(answer.status).toBe(503)
  expect(answer.body).toContain('Siden er ikke publisert ennå')
  expect((await world.call('GET', '/api/trust')).status).toBe(503)
})

describe('what is published', () => {
  test('every control has a leaf under one signed checkpoint, with its words in both languages', async () => {
    await world.publish()
    const view = trustView.parse(await world.view())
    const controls = view.sections.flatMap((section) => section.controls)
    expect(controls.map(({ id }) => id)).toEqual([...world.catalogue.controls.keys()])
    expect(new Set(controls.map(({ proof }) => proof.checkpoint))).toEqual(new Set([view.checkpoint]))
    for (const control of controls) {
      expect(await policyDigest(control)).toBe(control.leaf.policyDigest)
      expect(control.leaf.policyDigest).toBe(world.catalogue.controls.get(control.id)?.policyDigest)
    }
    expect(await verified()).toMatchObject({ outcome: 'proven' })
  })

  test('a reader gets the newest covered leaf of one control, with its proof and the log as it stands', async () => {
    const path = '/api/trust/controls/patched'
    expect((await world.call('GET', path)).status).toBe(401)
    expect((await world.call('GET', '/api/trust/controls/no-such-thing', 'reader')).status).toBe(404)
    const { leaf, proof, log } = controlProof.parse((await world.call('GET', path, 'reader')).json())
    const shown = await controlOf('patched')
    expect({ leaf, proof }).toEqual({ leaf: shown.leaf, proof: shown.proof })
    expect(JSON.parse(Buffer.from(proof.leaf, 'base64').toString())).toMatchObject({ control: 'patched' })
    expect(log).toEqual(await world.ledger.state(world.organisation, 'public'))
    expect(log.size).toBeGreaterThan(proof.index)
  })

  test('by default only the statement is public; the rest is a commitment that opens', async () => {
    const { leaf } = await controlOf('patched')
    expect(leaf).toMatchObject({ state: null, since: null, counts: null, findingsRoot: null })
    const path = `/api/trust/controls/patched/opening?sequence=${leaf.sequence}`
    expect((await world.call('GET', path, 'reader')).status).toBe(403)
    const opened: Opening = opening.parse((await world.call('GET', path, 'administrator')).json())
    expect(opened.withheld).toMatchObject({ state: 'unknown' })
    const salt = Buffer.from(opened.salt, 'base64')
    expect(salt.length).toBe(32)
    expect(await commitmentOf(salt, opened.withheld)).toBe(leaf.commitment)
    expect(await commitmentOf(salt, { ...opened.withheld, state: 'holds' })).not.toBe(leaf.commitment)
  })

  test('nothing is said again before the hour, then everything is', async () => {
    const size = await publicEntries()
    await world.publish()
    expect(await publicEntries()).toBe(size)
    world.clock.advance(hour)
    await world.publish()
    const all = world.catalogue.controls.size
    expect(await publicEntries()).toBe(size + all + 1)
    expect((await controlOf('patched')).leaf).toMatchObject({
      sequence: 2,
      at: world.clock.now(),
      validUntil: world.clock.now() + 70 * minute,
    })
  })

  test('the internal log stands in the public one', async () => {
    const { size } = await world.ledger.state(world.organisation, 'public')
    const bundle = await world.app.inject({ url: `/log/tile/entries/000.p/${size}` })
    expect(bundle.rawPayload.toString('utf8')).toContain('"kind":"internal-checkpoint"')
    expect(bundle.rawPayload.toString('utf8')).toContain(`hevd/${world.organisation}/internal\\n`)
  })
})

describe('what is public of a control', () => {
  test('only an administrator decides', async () => {
    const body = { controls: [{ control: 'policy-published', shows: 'status' }] }
    expect((await world.call('PUT', '/api/trust/shows', undefined, body)).status).toBe(401)
    expect((await world.call('PUT', '/api/trust/shows', 'reader', body)).status).toBe(403)
    expect((await show('no-such-thing', 'status')).status).toBe(404)
  })

  test('opening takes effect at once and stands in the public log', async () => {
    const size = await publicEntries()
    expect((await show('policy-published', 'status')).status).toBe(200)
    await world.publish()
    const { leaf } = await controlOf('policy-published')
    expect(leaf).toMatchObject({ counts: null, findingsRoot: null })
    expect(leaf.state).not.toBeNull()
    await world.ledger.settle(world.organisation)
    expect(await publicEntries()).toBeGreaterThan(size + 1)
    const entries = await world.app.inject({ url: `/log/tile/entries/000.p/${await publicEntries()}` })
    expect(entries.rawPayload.toString('utf8')).toContain('"kind":"publicity"')
  })

  test('a state that changes is in the log at the next look, others are not said again', async () => {
    expect((await controlOf('policy-published')).leaf.state).toBe('unknown')
    const before = await controlOf('patched')
    await world.target.db.transaction(world.organisation, async (tx) => {
      const register = { name: 'page', title: { nb: 'Siden', en: 'The page' }, types: ['published-text'] }
      await world.feeds.openRegister(tx, world.organisation, register)
      const digests = [...world.catalogue.controls.values()]
      const facts = digests.flatMap(({ id: control, policyDigest: digest }) =>
        ['nb', 'en'].map((locale) => ({ type: publishedTexts.name, value: { control, locale, digest } })),
      )
      await world.feeds.put(tx, world.organisation, 'page', facts)
    })
    await world.publish()
    expect((await controlOf('policy-published')).leaf.state).toBe('holds')
    expect((await controlOf('patched')).leaf).toEqual(before.leaf)
    expect(await verified()).toMatchObject({ outcome: 'proven' })
  })

  test('history and counts where they are opened', async () => {
    await show('policy-published', 'status-and-history')
    await world.publish()
    const control = await controlOf('policy-published')
    expect(control.leaf.commitment).toBeNull()
    expect(control.leaf.counts?.holds).toBeGreaterThan(0)
    expect(control.history.map(({ leaf }) => leaf.state)).toEqual(['holds', 'unknown'])
    expect(await verified()).toMatchObject({ outcome: 'proven' })
  })

  test('withholding waits a day and is announced; opening again undoes it', async () => {
    await show('policy-published', 'statement')
    await world.publish()
    const announced = await controlOf('policy-published')
    expect(announced.leaf.state).toBe('holds')
    expect(announced.withholding).toEqual({ shows: 'statement', at: world.clock.now() + 24 * hour })
    expect((await world.call('GET', '/trust?lang=nb')).body).toContain('vise mindre av denne kontrollen fra')
    await show('policy-published', 'status-and-history')
    expect((await controlOf('policy-published')).withholding).toBeNull()
    await show('policy-published', 'statement')
    world.clock.advance(24 * hour)
    await world.publish()
    const withheld = await controlOf('policy-published')
    expect(withheld).toMatchObject({ shows: 'statement', withholding: null, leaf: { state: null } })
  })

  test('a withheld state that changes does not show by when its leaf comes', async () => {
    const size = await publicEntries()
    await world.target.db.transaction(world.organisation, (tx) =>
      world.feeds.put(tx, world.organisation, 'page', [
        { type: publishedTexts.name, value: { control: 'patched', locale: 'nb', digest: 'another' } },
      ]),
    )
    await world.publish()
    expect(
      (await world.posture.controls(world.organisation)).find((one) => one.control === 'policy-published')
        ?.state,
    ).toBe('fails')
    expect(await publicEntries()).toBe(size)
  })
})

describe('the page', () => {
  test.each(['nb', 'en'] as const)('shows in %s what the leaves say, without any script', async (locale) => {
    const answer = await world.call('GET', `/trust?lang=${locale}`)
    expect(answer.status).toBe(200)
    expect(readPage(answer.body)).toEqual(shownPage(await world.view(), locale))
    expect(answer.body).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+="|\sstyle="|<style/)
  })

  test('stale leaves are caught by their own time', async () => {
    expect(await verified(world.clock.now() + 71 * minute)).toMatchObject({
      outcome: 'wrong',
      controls: expect.arrayContaining([expect.objectContaining({ code: 'stale' })]),
    })
  })
})

test('two servers that publish at once say everything once', async () => {
  world.clock.advance(hour)
  const size = await publicEntries()
  await Promise.all([1, 2, 3].map(() => world.trust.publish(world.organisation)))
  await world.ledger.settle(world.organisation)
  expect(await publicEntries()).toBe(size + world.catalogue.controls.size + 1)
})

test('started, it publishes by itself and reads its own page back', async () => {
  await world.target.db.transaction(world.organisation, async (tx) => {
    const keys = [...world.catalogue.controls.keys()].flatMap((id) => [`${id}/nb`, `${id}/en`])
    await world.feeds.remove(
      tx,
      world.organisation,
      'page',
      keys.map((key) => ({ type: 'published-text', key })),
    )
  })
  await world.trust.start()
  const seen = async () =>
    world.target.db.transaction(world.organisation, async (tx) => {
      const lookup = { type: 'published-text', by: 'ofControl', value: 'patched', scope: '-' }
      return (await world.feeds.read(tx, world.organisation, [lookup]))[0]?.facts ?? []
    })
  await expect.poll(async () => (await seen()).length, { timeout: 20_000 }).toBe(2)
  const digest = world.catalogue.controls.get('patched')?.policyDigest
  expect((await seen()).map(({ value }) => value)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ locale: 'nb', digest }),
      expect.objectContaining({ locale: 'en', digest }),
    ]),
  )
})

test('the README lists every error code', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
  expect(listed).toEqual(Object.keys(trustErrors))
})
