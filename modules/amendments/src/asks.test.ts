import type { Ask } from '@hevd/http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { draftDetail } from './contract.ts'
import { ada, bo, type Ground, ground, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
let administrators: string[]
beforeAll(async () => {
  on = await ground()
})
afterAll(() => on.end())
beforeEach(async () => {
  administrators = [ada, bo]
  here = await world(on, { administrators: async () => administrators })
})

const asks = () => here.inside((tx) => here.amendments.asks(tx, here.organisation))
const isAsked = ([ask]: readonly Ask[], id: string, role: 'administrator' | 'reader' = 'administrator') =>
  ask?.of({ kind: 'account', id, role })

test('a submitted draft is asked of those who may approve it, and of nobody once it is decided', async () => {
  const changes = { patched: { parameters: { securityWithin: 'P7D' } } }
  const made = await here.call('POST', '/api/policy/drafts', { title: 'Raskere', changes })
  const { id } = draftDetail.parse(made.json())
  expect(await asks()).toEqual([])
  await here.call('POST', `/api/policy/drafts/${id}/submit`, { version: 1 })
  const waiting = await asks()
  expect(waiting).toMatchObject([
    { id: `draft/${id}`, kind: 'draft-waits', what: { nb: 'Raskere' }, to: `/drafts/${id}` },
  ])
  expect([isAsked(waiting, ada), isAsked(waiting, bo), isAsked(waiting, bo, 'reader')]).toEqual([
    false,
    true,
    false,
  ])
  administrators = [ada]
  expect(isAsked(await asks(), ada)).toBe(true)
  const { version } = draftDetail.parse((await here.call('GET', `/api/policy/drafts/${id}`)).json())
  await here.call('POST', `/api/policy/drafts/${id}/withdraw`, { version })
  expect(await asks()).toEqual([])
})
