import { frameworks as lists } from '@hevd/policy'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applicability, frameworks, importedDraft, policyReading } from './contract.ts'
import { ada, bo, day, type Ground, ground, rune, type World, world } from './testdata/world.ts'
import { policyYaml } from './yaml/export.ts'
import { readPolicyYaml } from './yaml/import.ts'

let on: Ground
let here: World
beforeAll(async () => {
  on = await ground()
  here = await world(on)
})
afterAll(() => on.end())

const exported = async () => (await here.call('GET', '/api/policy.yaml')).body
const send = async (yaml: string) => {
  const answer = await here.call('POST', '/api/policy/drafts/import', { title: 'Fra fil', yaml })
  expect(answer.status, answer.body).toBe(200)
  return importedDraft.parse(answer.json())
}
const drafts = async (): Promise<readonly unknown[]> => (await here.call('GET', '/api/policy/drafts')).json()
const texts = () => here.inside((tx) => here.posture.texts(tx, here.organisation))
const reviewBy = Date.UTC(2027, 0, 31, 12)
const amend = async (control: string, over: object) => {
  const text = (await texts()).get(control)
  if (text === undefined) throw new Error('no text')
  await here.inside((tx) =>
    here.posture.amend(tx, here.organisation, {
      texts: new Map([[control, { ...text, ...over }]]),
      by: ada,
      single: false,
      from: {},
    }),
  )
}

describe('the policy as YAML', () => {
  test('goes out in policy order with what each control is called, and in again says nothing new', async () => {
    await amend('redundant-power', { notApplicable: { reason: 'Vi har ingen egne maskiner.', reviewBy } })
    const yaml = await exported()
    const ids = [...yaml.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, id]) => id)
    expect(ids).toEqual([...here.catalogue.controls.keys()])
    expect(yaml).toContain('  # Løpende sikkerhetsoppdateringer / Continuous security updates\n  patched:')
    expect(yaml).toContain('review-by: 2027-01-31T12:00:00.000Z')
    expect(await exported()).toBe(yaml)
    const before = await drafts()
    expect(await send(yaml)).toEqual({ draft: null, faults: [] })
    expect(await drafts()).toEqual(before)
  })

  test('any words come through it unchanged', async () => {
    const known = await texts()
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((said) => said.trim() === said && said !== '')
    const bilingual = fc.record({ nb: text, en: text })
    fc.assert(
      fc.property(bilingual, bilingual, bilingual, (title, statement, how) => {
        const patched = known.get('patched')
        if (patched === undefined) throw new Error('no text')
        const yaml = policyYaml(here.catalogue, new Map([['patched', { ...patched, title, statement, how }]]))
        expect(readPolicyYaml(yaml, here.catalogue)).toMatchObject({
          changes: { patched: { title, statement, how, parameters: patched.parameters } },
        })
      }),
    )
  })

  test('a changed file becomes a draft of only what differs', async () => {
    const yaml = (await exported()).replace('securityWithin: P14D', 'securityWithin: P7D')
    const { draft, faults } = await send(yaml)
    expect(faults).toEqual([])
    expect((await here.call('GET', `/api/policy/drafts/${draft}`)).json()).toMatchObject({
      source: 'file',
      controls: ['patched'],
      changes: [{ change: { parameters: { securityWithin: 'P7D' } } }],
    })
    const part = 'policy: 1\ncontrols:\n  redundant-power:\n    not-applicable: null\n'
    const again = await send(part)
    expect((await here.call('GET', `/api/policy/drafts/${again.draft}`)).json()).toMatchObject({
      changes: [{ control: 'redundant-power', change: { notApplicable: null } }],
    })
  })

  test.each<[string, string, string, RegExp]>([
    ['is no YAML', 'controls: [', 'linje/line 1', /no valid YAML/],
    ['is something else', 'hello', 'controls', /needs controls/],
    ['is of a version to come', 'policy: 2\ncontrols: {}', 'policy', /version 1/],
    ['names no control of ours', 'controls:\n  patches: {}', 'controls.patches', /no control of this id/],
    [
      'has a member too many',
      'controls:\n  patched:\n    titel: x',
      'controls.patched.titel',
      /may stand title/,
    ],
    [
      'has one language',
      'controls:\n  patched:\n    title: { nb: Nytt }',
      'controls.patched.title.en',
      /both languages/,
    ],
    [
      'has a value of another type',
      'controls:\n  patched:\n    parameters: { securityWithin: 7 }',
      'controls.patched.parameters.securityWithin',
      /ISO 8601/,
    ],
    [
      'has other references',
      'controls:\n  patched:\n    references: {}',
      'controls.patched.references',
      /come with the catalogue/,
    ],
    [
      'has no reason',
      'controls:\n  patched:\n    not-applicable: { reason: no, review-by: 2027-01-01 }',
      'controls.patched.not-applicable.reason',
      /10 to 2000/,
    ],
    [
      'has no date',
      'controls:\n  patched:\n    not-applicable: { reason: We have no machines }',
      'controls.patched.not-applicable.review-by',
      /such as 2027/,
    ],
    ['says a control twice', 'controls:\n  patched: {}\n  patched: {}', 'linje/line 3', /no valid YAML/],
    [
      'multiplies itself',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]`,
      '',
      /too many references/,
    ],
  ])('a file that %s makes nothing, and says where and what to do', async (_name, yaml, path, words) => {
    const before = await drafts()
    const { draft, faults } = await send(yaml)
    expect(draft).toBeNull()
    expect(faults.map((fault) => fault.path)).toContain(path)
    expect(faults.find((fault) => fault.path === path)?.words.en).toMatch(words)
    expect(await drafts()).toEqual(before)
  })

  test('is read by everybody, and taken in by an administrator', async () => {
    here.as(rune, 'reader')
    expect((await here.call('GET', '/api/policy.yaml')).status).toBe(200)
    const taking = await here.call('POST', '/api/policy/drafts/import', { title: 'x', yaml: '' })
    expect(taking.status).toBe(403)
    here.as(ada)
  })
})

describe('the statement of applicability', () => {
  test('has every control, by whose word it applies or not, and what it meets', async () => {
    const own = await world(on)
    const saying = async () =>
      applicability.parse((await own.call('GET', '/api/policy/applicability')).json())
    const rows = await saying()
    expect(rows.map(({ control }) => control)).toEqual([...own.catalogue.controls.keys()])
    for (const row of rows)
      expect(row).toMatchObject({ notApplicable: null, approvedBy: null, single: false })
    const text = (await own.inside((tx) => own.posture.texts(tx, own.organisation))).get('redundant-power')
    if (text === undefined) throw new Error('no text')
    const notApplicable = { reason: '=Ingen egne maskiner', reviewBy: own.clock.now() + 10 * day }
    const texts = new Map([['redundant-power', { ...text, notApplicable }]])
    await own.inside((tx) =>
      own.posture.amend(tx, own.organisation, { texts, by: ada, single: true, from: {} }),
    )
    const found = (await saying()).find(({ control }) => control === 'redundant-power')
    expect(found).toMatchObject({
      state: 'not-applicable',
      notApplicable: { ...notApplicable, overdue: false },
      approvedBy: ada,
      approvedAt: own.clock.now(),
      single: true,
    })
    expect(found?.references).toEqual(own.catalogue.controls.get('redundant-power')?.references)
    const csv = await own.app.inject({
      url: '/api/policy/applicability/csv',
      headers: { 'accept-language': 'en' },
    })
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    const line = csv.body.split('\r\n').find((one) => one.startsWith('"redundant-power"'))
    expect(line).toContain('"no","\'=Ingen egne maskiner"')
    expect(line).toContain('"Ada Lie"')
    expect(csv.body.trim().split('\r\n')).toHaveLength(49)
    own.clock.advance(11 * day)
    const later = (await saying()).find(({ control }) => control === 'redundant-power')
    expect(later).toMatchObject({ state: 'unknown', notApplicable: { overdue: true } })
  })
})

test('every requirement of a framework stands in its own order with the controls that meet it, or with none', async () => {
  const found = frameworks.parse((await here.call('GET', '/api/policy/frameworks')).json())
  expect(found.map(({ requirements }) => requirements.map(({ id }) => id))).toEqual(
    lists.map(({ identifiers }) => [...identifiers]),
  )
  for (const { id, requirements } of found) {
    const met = requirements.flatMap(({ id: requirement, controls }) =>
      controls.map((one) => `${one} ${requirement}`),
    )
    const said = [...here.catalogue.controls.values()].flatMap((control) =>
      (control.references[id] ?? []).map((requirement) => `${control.id} ${requirement}`),
    )
    expect(new Set(met)).toEqual(new Set(said))
    expect(requirements.some(({ controls }) => controls.length === 0)).toBe(true)
  }
  const { body } = await here.call('GET', '/api/policy/frameworks/csv')
  expect(body.trim().split('\r\n')).toHaveLength(
    1 + lists.reduce((sum, { identifiers }) => sum + identifiers.length, 0),
  )
})

describe('a page that is read', () => {
  const page = `# Security\n\nWe install security updates on all production systems within 7 days.\nOur office has a coffee machine that everybody is fond of.\n`
  const read = (base64: string, fileName = 'security.md') =>
    here.call('POST', '/api/policy/readings', { fileName, base64 })

  test('says which control each sentence speaks of, and what of it differs; nothing is kept', async () => {
    const before = await drafts()
    const answer = policyReading.parse((await read(Buffer.from(page).toString('base64'))).json())
    expect(answer.locale).toBe('en')
    const [first, second] = answer.sentences
    expect(first).toMatchObject({
      index: 0,
      heading: 'Security',
      control: 'patched',
      parameters: [{ control: 'patched', name: 'securityWithin', value: 'P7D', inForce: 'P14D' }],
    })
    expect(first?.because.length).toBeGreaterThan(0)
    expect(second).toMatchObject({ control: null, because: [], parameters: [] })
    expect(answer.unmentioned).not.toContain('patched')
    expect(answer.unmentioned).toContain('bug-bounty')
    expect(await drafts()).toEqual(before)
    const confirmed = {
      title: 'Fra siden vår',
      source: 'reading',
      changes: { patched: { parameters: { securityWithin: 'P7D' } } },
    }
    const made = await here.call('POST', '/api/policy/drafts', confirmed)
    expect(made.json()).toMatchObject({ source: 'reading', state: 'open' })
  })

  test.each([
    ['of a type that is not read', Buffer.from('x').toString('base64'), 'page.docx', 400],
    ['that is empty', '', 'page.md', 400],
    ['that is not base64', '%%%', 'page.md', 400],
  ])('%s is refused with the remedy', async (_name, base64, fileName, status) => {
    const answer = await read(base64, fileName)
    expect(answer.status).toBe(status)
  })

  test('is for an administrator', async () => {
    here.as(bo, 'reader')
    expect((await read('')).status).toBe(403)
    here.as(ada)
  })
})
