import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { schemaFaults } from '@hevd/postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ControlChange, type DraftDetail, draftDetail, draftSummary, trial } from './contract.ts'
import { amendmentErrors } from './errors.ts'
import { ada, bo, day, type Ground, ground, rune, type World, world } from './testdata/world.ts'

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

const statement = { nb: 'Vi oppdaterer alt innen en uke.', en: 'We update everything within a week.' }
const shorter: ControlChange = { statement, parameters: { securityWithin: 'P7D' } }

const draftFrom = (answer: { readonly status: number; readonly body: string }): DraftDetail => {
  expect(answer.status, answer.body).toBe(200)
  return draftDetail.parse(JSON.parse(answer.body))
}
const make = async (changes: Record<string, ControlChange> = { patched: shorter }, title = 'Raskere') =>
  draftFrom(await here.call('POST', '/api/policy/drafts', { title, changes }))
const put = (draft: DraftDetail, control: string, change: ControlChange | null) =>
  here.call('PUT', `/api/policy/drafts/${draft.id}/controls/${control}`, { version: draft.version, change })
const act = (draft: DraftDetail, action: string, more: object = {}) =>
  here.call('POST', `/api/policy/drafts/${draft.id}/${action}`, { version: draft.version, ...more })
const submitted = async (changes?: Record<string, ControlChange>) =>
  draftFrom(await act(await make(changes), 'submit'))
const code = (answer: { readonly body: string }) => JSON.parse(answer.body).code
const inForce = async (control: string) =>
  (await here.inside((tx) => here.posture.texts(tx, here.organisation))).get(control)

test('the schema keeps organisations apart', async () => {
  expect(await schemaFaults(on.ownerUrl)).toEqual([])
})

describe('a draft', () => {
  test('shows word by word and value by value what it changes, and changes nothing itself', async () => {
    const before = await inForce('patched')
    const draft = await make()
    expect(draft).toMatchObject({ state: 'open', source: 'person', madeBy: ada, editors: [ada], version: 1 })
    const [control] = draft.changes
    expect(control).toMatchObject({ control: 'patched', faults: [], overtaken: null, catalogue: null })
    expect(control?.differences.map((one) => (one.field === 'parameter' ? one.name : one.field))).toEqual([
      'statement',
      'securityWithin',
    ])
    expect(control?.differences.at(-1)).toMatchObject({ before: 'P14D', after: 'P7D', type: 'duration' })
    expect(await inForce('patched')).toEqual(before)
    expect(draftSummary.array().parse((await here.call('GET', '/api/policy/drafts')).json())).toHaveLength(1)
  })

  test('leaves out what changes nothing', async () => {
    const text = await inForce('patched')
    if (text === undefined) throw new Error('no text')
    const draft = await make({
      patched: { title: text.title, parameters: { securityWithin: 'P14D' }, notApplicable: null },
      'security-trained': { title: { nb: 'Opplæring', en: 'Training' } },
    })
    expect(draft.controls).toEqual(['security-trained'])
    expect(draftFrom(await put(draft, 'security-trained', { title: undefined })).controls).toEqual([])
  })

  test('is written in by an administrator alone, read by everybody', async () => {
    const draft = await make()
    here.as(rune, 'reader')
    const path = `/api/policy/drafts/${draft.id}`
    expect(draftFrom(await here.call('GET', path))).toMatchObject({ mayApprove: false })
    for (const answer of [
      await here.call('POST', '/api/policy/drafts', { title: 'x' }),
      await put(draft, 'patched', null),
      await act(draft, 'submit'),
      await act(draft, 'approve'),
      await act(draft, 'withdraw'),
      await act(draft, 'reject', { remark: 'nei takk' }),
      await act(draft, 'trial'),
    ])
      expect(answer.status).toBe(403)
  })

  test('that somebody else has changed is not written over', async () => {
    const seen = await make()
    here.as(bo)
    const newer = draftFrom(await put(seen, 'patched', { title: { nb: 'Nytt', en: 'New' } }))
    expect(newer).toMatchObject({ version: 2, editors: [ada, bo] })
    here.as(ada)
    expect(code(await put(seen, 'patched', null))).toBe('changed-meanwhile')
    expect(code(await act(seen, 'submit'))).toBe('changed-meanwhile')
  })

  test('of what there is not is refused', async () => {
    expect(
      code(await here.call('POST', '/api/policy/drafts', { title: 'x', changes: { nothing: {} } })),
    ).toBe('no-such-control')
    const draft = await make()
    expect(code(await put(draft, 'nothing', null))).toBe('no-such-control')
    const other = { ...draft, id: '01990000-0000-7000-8000-0000000000ff' }
    expect(code(await act(other, 'submit'))).toBe('no-such-draft')
    expect(code(await act(await make({}), 'submit'))).toBe('nothing-changed')
  })
})

describe('a draft is not submitted with', () => {
  const tooLate = Date.UTC(2028, 0, 1)
  const soon = Date.UTC(2026, 8, 1)
  test.each<[string, string, ControlChange, string | null, RegExp]>([
    [
      'a wording in one language alone',
      'patched',
      { title: { nb: 'Nytt', en: 'Continuous security updates' } },
      'title',
      /English|engelsk/,
    ],
    [
      'the same that is said to mean the same',
      'patched',
      { title: { nb: 'Nytt', en: 'Continuous security updates' }, sameMeaning: true },
      null,
      /^/,
    ],
    ['an empty wording', 'patched', { how: { nb: 'Slik.', en: ' ' } }, 'how', /missing/],
    ['a title that is a paragraph', 'patched', { title: { nb: 'x'.repeat(61), en: 'New' } }, 'title', /60/],
    [
      'a value of another type',
      'patched',
      { parameters: { securityWithin: 14 } },
      'securityWithin',
      /14 is not an ISO 8601 duration/,
    ],
    [
      'a duration that is none',
      'patched',
      { parameters: { securityWithin: '14 days' } },
      'securityWithin',
      /P30D/,
    ],
    [
      'a parameter that there is not',
      'patched',
      { parameters: { within: 'P1D' } },
      'within',
      /no parameter within.*securityWithin/,
    ],
    [
      'a review that has passed',
      'patched',
      { notApplicable: { reason: 'Vi har ingen tjenere.', reviewBy: 1 } },
      'applicability',
      /has passed/,
    ],
    [
      'a review that is years away',
      'patched',
      { notApplicable: { reason: 'Vi har ingen tjenere.', reviewBy: tooLate } },
      'applicability',
      /too far off/,
    ],
    [
      'a review in time',
      'patched',
      { notApplicable: { reason: 'Vi har ingen tjenere.', reviewBy: soon } },
      null,
      /^/,
    ],
  ])('%s', async (_name, control, change, field, words) => {
    const draft = await make({ [control]: change })
    const faults = draft.changes[0]?.faults ?? []
    expect(faults.map((fault) => fault.field)).toEqual(field === null ? [] : [field])
    if (field === null) draftFrom(await act(draft, 'submit'))
    else {
      expect(faults[0]?.words.en).toMatch(words)
      expect(code(await act(draft, 'submit'))).toBe('draft-faulty')
    }
  })
})

describe('approval', () => {
  test('is by an administrator who has not written in it, and puts all of it into force in both languages at once', async () => {
    const draft = await submitted({
      patched: shorter,
      'security-trained': { title: { nb: 'Opplæring', en: 'Training' } },
    })
    expect(draft).toMatchObject({ state: 'submitted', submittedBy: ada, mayApprove: false })
    expect(code(await act(draft, 'approve'))).toBe('own-amendment')
    here.as(bo)
    const path = `/api/policy/drafts/${draft.id}`
    expect(draftFrom(await here.call('GET', path))).toMatchObject({
      mayApprove: true,
      mayNotApproveBecause: null,
    })
    const published = draftFrom(await act(draft, 'approve'))
    expect(published).toMatchObject({ state: 'published', decidedBy: bo, single: false, mayApprove: false })
    expect(published.changes.map(({ control, differences }) => [control, differences.length])).toEqual([
      ['patched', 2],
      ['security-trained', 1],
    ])
    expect(await inForce('patched')).toMatchObject({
      statement,
      parameters: { securityWithin: 'P7D' },
      approvedBy: bo,
      single: false,
    })
    expect(await inForce('security-trained')).toMatchObject({ title: { nb: 'Opplæring', en: 'Training' } })
    const [entry, ...others] = await here.entries('policy-amended')
    expect(others).toEqual([])
    expect(entry).toMatchObject({ by: bo, single: false, draft: draft.id, writtenBy: [ada] })
    expect(Object.keys(entry?.controls ?? {}).sort()).toEqual(['patched', 'security-trained'])
    expect(code(await act(draft, 'approve'))).toBe('draft-over')
  })

  test('is by its writer where there is no other administrator, and shown as a single approver’s', async () => {
    const draft = await submitted()
    administrators = [ada]
    expect(draftFrom(await act(draft, 'approve'))).toMatchObject({ state: 'published', single: true })
    expect(await inForce('patched')).toMatchObject({ approvedBy: ada, single: true })
    expect((await here.entries('policy-amended'))[0]).toMatchObject({ single: true })
    const { body } = await here.call('GET', '/api/controls/patched')
    expect(JSON.parse(body)).toMatchObject({ singleApprover: true, approvedBy: ada })
  })

  test('is of what was submitted: whoever changes it opens it again', async () => {
    const draft = await submitted()
    here.as(bo)
    const changed = draftFrom(await put(draft, 'patched', { parameters: { securityWithin: 'P1D' } }))
    expect(changed).toMatchObject({ state: 'open', submittedBy: null, editors: [ada, bo] })
    expect(code(await act(changed, 'approve'))).toBe('not-submitted')
    const again = draftFrom(await act(changed, 'submit'))
    expect(code(await act(again, 'approve'))).toBe('own-amendment')
    expect(code(await act(again, 'submit'))).toBe('already-submitted')
  })

  test('by two at once happens once', async () => {
    administrators = [ada, bo, rune]
    const draft = await submitted()
    here.as(bo)
    const first = act(draft, 'approve')
    here.as(rune)
    const answers = await Promise.all([first, act(draft, 'approve')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await here.entries('policy-amended')).toHaveLength(1)
  })

  test('of two drafts of one control at once takes one, and the other is overtaken', async () => {
    const drafts = [
      await submitted(),
      await submitted({ patched: { parameters: { securityWithin: 'P2D' } } }),
    ]
    here.as(bo)
    const answers = await Promise.all(drafts.map((draft) => act(draft, 'approve')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = answers.findIndex(({ status }) => status === 409)
    expect(code(answers[late] ?? { body: '{}' })).toBe('draft-overtaken')
    const path = `/api/policy/drafts/${drafts[late]?.id}`
    const overtaken = draftFrom(await here.call('GET', path))
    expect(overtaken.changes[0]?.overtaken).toMatchObject({ parameters: { securityWithin: 'P14D' } })
    const renewed = draftFrom(await put(overtaken, 'patched', { parameters: { securityWithin: 'P3D' } }))
    expect(renewed.changes[0]?.overtaken).toBeNull()
    draftFrom(await act(renewed, 'submit'))
  })

  test('by a server that is killed in the middle leaves nothing half done, and can be done again', async () => {
    const draft = await submitted()
    const before = await inForce('patched')
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'testdata', 'killed.ts'),
        on.runtimeUrl,
        here.organisation,
        on.home,
        draft.id,
        String(draft.version),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    expect(String(await once(child.stdout, 'data'))).toBe('amended\n')
    child.kill('SIGKILL')
    await once(child, 'close')
    expect(await inForce('patched')).toEqual(before)
    expect(await here.entries('policy-amended')).toEqual([])
    here.as(bo)
    expect(draftFrom(await act(draft, 'approve')).state).toBe('published')
    expect(await here.entries('policy-amended')).toHaveLength(1)
  })
})

describe('a draft that does not come into force', () => {
  test('is rejected with why, by an entry without it', async () => {
    const draft = await submitted()
    here.as(bo)
    const rejected = draftFrom(await act(draft, 'reject', { remark: 'En uke er for kort tid.' }))
    expect(rejected).toMatchObject({ state: 'rejected', decidedBy: bo, remark: 'En uke er for kort tid.' })
    expect(rejected.changes[0]?.differences).toHaveLength(2)
    const [entry] = await here.entries('policy-draft-rejected')
    expect(entry).toMatchObject({ draft: draft.id, by: bo, controls: ['patched'] })
    expect(JSON.stringify(entry)).not.toContain('uke')
    expect(await inForce('patched')).toMatchObject({ approvedBy: null })
  })

  test('is withdrawn', async () => {
    const draft = await submitted()
    expect(draftFrom(await act(draft, 'withdraw'))).toMatchObject({ state: 'withdrawn', decidedBy: ada })
    expect(await here.entries('policy-draft-submitted')).toHaveLength(1)
    expect(await here.entries('policy-draft-withdrawn')).toHaveLength(1)
    expect(code(await put(draft, 'patched', null))).toBe('draft-over')
    expect(code(await act(await make(), 'reject', { remark: 'nei takk' }))).toBe('not-submitted')
  })
})

describe('a dry run', () => {
  test('says how controls would stand, also while the words are not finished', async () => {
    const reviewBy = here.clock.now() + 30 * day
    const draft = await make({
      patched: { title: { nb: 'Nytt', en: 'Continuous security updates' }, ...shorter },
      'redundant-power': { notApplicable: { reason: 'Vi har ingen egne maskiner.', reviewBy } },
    })
    await here.posture.settle(here.organisation)
    const tried = trial.parse((await act(draft, 'trial')).json())
    expect(tried).toMatchObject({ at: here.clock.now(), left: 0 })
    expect(tried.controls.map(({ control, before, after }) => [control, before, after])).toEqual([
      ['patched', 'unknown', 'unknown'],
      ['redundant-power', 'unknown', 'not-applicable'],
    ])
    expect(await inForce('redundant-power')).toMatchObject({ notApplicable: null })
  })

  test('with a value that no test can use is refused', async () => {
    const draft = await make({ patched: { parameters: { securityWithin: 'soon' } } })
    expect(code(await act(draft, 'trial'))).toBe('draft-faulty')
  })
})

test('README.md lists the codes', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \| \d{3} \|/gm)].map(([, found]) => found)
  expect(listed.sort()).toEqual(Object.keys(amendmentErrors).sort())
})
