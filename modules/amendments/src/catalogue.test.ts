import type { Catalogue, Control } from '@hevd/core'
import { loadCatalogue } from '@hevd/policy'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ControlChange, type DraftDetail, draftDetail, draftSummary } from './contract.ts'
import { ada, bo, type Ground, ground, modulesOn, type World, world } from './testdata/world.ts'

let on: Ground
let here: World
let shipped: Catalogue
beforeAll(async () => {
  on = await ground()
  shipped = await loadCatalogue()
})
afterAll(() => on.end())
beforeEach(async () => {
  here = await world(on)
})

const statement = { nb: 'Vi oppdaterer raskere enn før.', en: 'We update faster than before.' }
const title = { nb: 'Oppdatering', en: 'Updating' }
const own = { nb: 'Slik gjør vi det.', en: 'This is how we do it.' }

/** The catalogue with one control worded or set otherwise. */
function worded(
  over: Partial<Control>,
  parameters: Readonly<Record<string, unknown>> = {},
  from = shipped,
): Catalogue {
  const control = from.controls.get('patched')
  if (control === undefined) throw new Error('no such control')
  const changed: Control = {
    ...control,
    ...over,
    policyDigest: `${Object.keys(over).length}${JSON.stringify(over).length}`.padEnd(64, '0'),
    parameters: control.parameters.map((one) =>
      one.name in parameters ? { ...one, default: parameters[one.name] } : one,
    ),
  }
  return { ...from, controls: new Map(from.controls).set('patched', changed) }
}

const server = (catalogue: Catalogue) =>
  modulesOn(on.db, on.home, here.clock, catalogue, { ledger: here.ledger })

/** A server of a newer version starts. */
async function starts(catalogue: Catalogue): Promise<void> {
  const { posture, amendments } = server(catalogue)
  expect(await posture.adopt(here.organisation)).toBe(true)
  await amendments.takeUpCatalogue(here.organisation)
}
const drafts = async () => draftSummary.array().parse((await here.call('GET', '/api/policy/drafts')).json())
const detail = async (id: string): Promise<DraftDetail> =>
  draftDetail.parse((await here.call('GET', `/api/policy/drafts/${id}`)).json())
const theOne = async () => {
  const [draft, ...others] = (await drafts()).filter(({ source }) => source === 'catalogue')
  expect(others).toEqual([])
  if (draft === undefined) throw new Error('no draft of the catalogue')
  return detail(draft.id)
}
const act = (draft: DraftDetail, action: string, more: object = {}) =>
  here.call('POST', `/api/policy/drafts/${draft.id}/${action}`, { version: draft.version, ...more })
const inForce = async () =>
  (await here.inside((tx) => here.posture.texts(tx, here.organisation))).get('patched')
/** Puts the organisation's own text into force. */
async function amended(change: ControlChange): Promise<void> {
  const made = await here.call('POST', '/api/policy/drafts', { title: 'Egen', changes: { patched: change } })
  const draft = draftDetail.parse(made.json())
  const submitted = draftDetail.parse((await act(draft, 'submit')).json())
  here.as(bo)
  expect((await act(submitted, 'approve')).status).toBe(200)
  here.as(ada)
}

test('the first start takes the catalogue up without ceremony, and a second start of the same says nothing', async () => {
  expect(await inForce()).toMatchObject({
    approvedBy: null,
    statement: shipped.controls.get('patched')?.statement,
  })
  await starts(shipped)
  expect(await drafts()).toEqual([])
})

describe('a newer catalogue', () => {
  test('is proposed as it is where the organisation has changed nothing, and comes into force by approval alone', async () => {
    const before = await inForce()
    await starts(worded({ statement, title }, { securityWithin: 'P7D' }))
    expect(await inForce()).toEqual(before)
    const draft = await theOne()
    expect(draft).toMatchObject({ source: 'catalogue', state: 'open', madeBy: null, editors: [] })
    const asked = await here.inside((tx) => here.amendments.asks(tx, here.organisation))
    expect(asked).toMatchObject([{ kind: 'catalogue-newer', to: `/drafts/${draft.id}` }])
    const [control] = draft.changes
    expect(control).toMatchObject({
      change: { statement, title, parameters: { securityWithin: 'P7D' } },
      faults: [],
      catalogue: { before: { statement: before?.statement }, after: { statement } },
    })
    const submitted = draftDetail.parse((await act(draft, 'submit')).json())
    // Nobody wrote it: whoever proposes it to the others does not approve it too.
    expect(submitted).toMatchObject({ editors: [], submittedBy: ada, mayApprove: false })
    expect((await act(submitted, 'approve')).status).toBe(403)
    here.as(bo)
    expect((await act(submitted, 'approve')).status).toBe(200)
    expect(await inForce()).toMatchObject({
      statement,
      title,
      parameters: { securityWithin: 'P7D' },
      approvedBy: bo,
    })
  })

  test('that words one language alone is no fault: it comes in both at once', async () => {
    const before = await inForce()
    await starts(worded({ title: { nb: before?.title.nb ?? '', en: 'Updates, always' } }))
    const draft = await theOne()
    expect(draft.changes[0]?.faults).toEqual([])
  })

  test('leaves the organisation’s own words and values proposed, and shows the difference', async () => {
    await amended({ how: own, parameters: { securityWithin: 'P3D' } })
    await starts(
      worded(
        { statement, how: { nb: 'Annet', en: 'Other' } },
        { securityWithin: 'P7D', rebootWithin: 'P2D' },
      ),
    )
    const [control] = (await theOne()).changes
    expect(control?.change).toMatchObject({ statement, parameters: { rebootWithin: 'P2D' } })
    expect(control?.change).not.toHaveProperty('how')
    expect(control?.change.parameters).not.toHaveProperty('securityWithin')
    expect(control?.inForce).toMatchObject({ how: own })
    expect(control?.catalogue?.after).toMatchObject({
      how: { nb: 'Annet' },
      parameters: { securityWithin: 'P7D' },
    })
    expect(control?.catalogue?.before?.how).toEqual(shipped.controls.get('patched')?.how)
  })

  test('of which nothing is taken is still shown, and can be taken by hand or left', async () => {
    await amended({ how: own })
    await starts(worded({ how: { nb: 'Annet', en: 'Other' } }))
    const draft = await theOne()
    expect(draft.changes[0]).toMatchObject({
      change: {},
      differences: [],
      catalogue: { after: { how: { nb: 'Annet' } } },
    })
    expect((await act(draft, 'submit')).json()).toMatchObject({ code: 'nothing-changed' })
    const taken = await here.call('PUT', `/api/policy/drafts/${draft.id}/controls/patched`, {
      version: draft.version,
      change: { how: { nb: 'Annet', en: 'Other' } },
    })
    const changed = draftDetail.parse(taken.json())
    expect(changed.changes[0]).toMatchObject({ change: { how: { nb: 'Annet' } }, catalogue: {} })
    const submitted = draftDetail.parse((await act(changed, 'submit')).json())
    here.as(bo)
    expect((await act(submitted, 'approve')).status).toBe(200)
  })

  test('that says what the organisation already has proposes nothing', async () => {
    await amended({ statement })
    await starts(worded({ statement }))
    expect((await drafts()).filter(({ source }) => source === 'catalogue')).toEqual([])
  })

  test('that was rejected is not proposed again; an even newer one is, against what was shipped then', async () => {
    await starts(worded({ statement }))
    const submitted = draftDetail.parse((await act(await theOne(), 'submit')).json())
    expect((await act(submitted, 'reject', { remark: 'Vi beholder vår.' })).status).toBe(200)
    await starts(worded({ statement }))
    expect((await drafts()).map(({ state }) => state)).toEqual(['rejected'])
    await starts(worded({ statement, title }))
    const open = (await drafts()).find(({ state }) => state === 'open')
    const { changes } = await detail(open?.id ?? '')
    expect(changes[0]?.change).toMatchObject({ title })
    expect(changes[0]?.catalogue?.before).toMatchObject({ statement })
  })

  test('comes into the draft of the one before where nobody has decided on that', async () => {
    await starts(worded({ statement }))
    await starts(worded({ statement, title }))
    const draft = await theOne()
    expect(draft).toMatchObject({ version: 2, changes: [{ change: { statement, title } }] })
    expect(draft.changes[0]?.catalogue?.before).toMatchObject({
      statement: shipped.controls.get('patched')?.statement,
    })
  })

  test('with a new control takes that up with its tests, and proposes nothing of it', async () => {
    const fewer: Catalogue = {
      ...shipped,
      controls: new Map([...shipped.controls].filter(([id]) => id !== 'bug-bounty')),
      tests: new Map([...shipped.tests].filter(([id]) => !id.startsWith('bug-bounty'))),
    }
    here = await world(on, { catalogue: fewer })
    expect((await here.inside((tx) => here.posture.texts(tx, here.organisation))).has('bug-bounty')).toBe(
      false,
    )
    const fresh = server(worded({ statement }))
    await fresh.posture.adopt(here.organisation)
    await fresh.amendments.takeUpCatalogue(here.organisation)
    const texts = await here.inside((tx) => fresh.posture.texts(tx, here.organisation))
    expect(texts.get('bug-bounty')).toMatchObject({ approvedBy: null })
    expect((await theOne()).controls).toEqual(['patched'])
  })

  test('is proposed once by two servers that start at once', async () => {
    const catalogue = worded({ statement })
    const servers = [1, 2].map(() => server(catalogue))
    await Promise.all(servers.map(({ posture }) => posture.adopt(here.organisation)))
    await Promise.all(servers.map(({ amendments }) => amendments.takeUpCatalogue(here.organisation)))
    expect(await drafts()).toHaveLength(1)
  })
})
