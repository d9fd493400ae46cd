import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { draftIds } from '../gallery/amendments.ts'
import { calm, type Looking, look } from '../gallery/looking.ts'

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
afterAll(() => looking.close())
beforeEach(() => looking.gallery.set(calm))

const changing = '/controls/access-removed-at-termination/change'

describe('a control beside its text', () => {
  test('sends what was changed and nothing else, into the draft that has begun with it', async () => {
    const { page, leave } = await looking.open(changing)
    const deadline = page.getByLabel('Frist for øvrige systemer', { exact: true })
    await deadline.fill('36')
    await page.getByLabel('Frist for øvrige systemer: enhet').selectOption('timer')
    await page.getByLabel('Betydningen er den samme').check()
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'PUT'),
      page.getByRole('button', { name: 'Lagre i utkastet' }).click(),
    ])
    expect(new URL(sent.url()).pathname).toBe(
      `/api/policy/drafts/${draftIds.open}/controls/access-removed-at-termination`,
    )
    const { version, change } = sent.postDataJSON()
    expect(version).toBe(4)
    expect(Object.keys(change).sort()).toEqual(['parameters', 'sameMeaning', 'statement'])
    expect(change.parameters).toEqual({ productionWithin: 'PT2H', othersWithin: 'PT36H' })
    await leave()
  })

  test('what the server finds wrong stands at its field', async () => {
    const { page, leave } = await looking.open(changing)
    const statement = page.getByLabel('Løfte, norsk', { exact: true })
    expect(await statement.getAttribute('aria-invalid')).toBe('true')
    const described = (await statement.getAttribute('aria-describedby')) ?? ''
    const said = await page
      .locator(
        described
          .split(' ')
          .map((id) => `[id="${id}"]`)
          .join(', '),
      )
      .allInnerTexts()
    expect(said.join(' ')).toContain('Løftet er endret på norsk alene')
    await leave()
  })

  test('is not left with unsaved words unless that is meant', async () => {
    const { page, leave } = await looking.open(changing)
    const how = page.getByLabel('Slik gjør vi det, norsk', { exact: true })
    await how.fill('Vi ser etter.')
    await page.getByRole('link', { name: 'Funn', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Forlate siden uten å lagre?' })
    await dialog.getByRole('button', { name: 'Avbryt' }).click()
    expect(await how.inputValue()).toBe('Vi ser etter.')
    await page.getByRole('link', { name: 'Funn', exact: true }).click()
    await dialog.getByRole('button', { name: 'Forlat siden' }).click()
    await page.waitForURL('**/findings')
    await leave()
  })

  test('one that does not apply needs a reason and a date', async () => {
    await looking.gallery.set({ amount: 'none' })
    const { page, leave } = await looking.open('/controls/visitors-escorted/change')
    await page.getByLabel('Den gjelder ikke').check()
    await page.getByLabel('Hvorfor gjelder den ikke?').fill('Vi har ingen egne lokaler.')
    await page.getByLabel('Vurderes igjen innen').fill('2027-06-01')
    await page.getByLabel('Navn på utkastet').fill('Besøk')
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.getByRole('button', { name: 'Lagre i utkastet' }).click(),
    ])
    expect(sent.postDataJSON()).toEqual({
      title: 'Besøk',
      changes: {
        'visitors-escorted': {
          notApplicable: {
            reason: 'Vi har ingen egne lokaler.',
            reviewBy: Date.parse('2027-06-01T21:59:59Z'),
          },
        },
      },
    })
    await leave()
  })
})

describe('a draft', () => {
  test('says what is removed and added in words too, and each language as what it is', async () => {
    const { page, leave } = await looking.open(`/drafts/${draftIds.waiting}`)
    const norwegian = page.locator('span[lang=nb-NO]', { has: page.locator('ins') }).first()
    const heard = (await norwegian.textContent()) ?? ''
    expect(heard).toMatch(/\[fjernet: .+ slutt\]\[nytt: .+Avvik meldes til ledelsen samme dag\. slutt\]/)
    expect(await page.locator('span[lang=en-GB] ins').count()).toBe(1)
    await leave()
  })

  test('what another has written is approved in one step that says what happens', async () => {
    const { page, leave } = await looking.open(`/drafts/${draftIds.waiting}`)
    await page.getByText('Skrevet av Olav Bakke').first().waitFor()
    await page.getByRole('button', { name: 'Godkjenn' }).click()
    const dialog = page.getByRole('dialog', { name: 'Godkjenne utkastet?' })
    await dialog.getByText(/Teksten gjelder fra nå/).waitFor()
    const [sent] = await Promise.all([
      page.waitForRequest('**/approve'),
      dialog.getByRole('button', { name: 'Godkjenn' }).click(),
    ])
    expect(sent.postDataJSON()).toEqual({ version: 4 })
    await leave()
  })

  test('a reader sees it and is offered nothing', async () => {
    await looking.gallery.set({ role: 'reader' })
    const { page, leave } = await looking.open(`/drafts/${draftIds.open}`)
    await page.getByText('Utkastet er under arbeid.').waitFor()
    expect(await page.locator('main').getByRole('button').count()).toBe(0)
    await page.goto(`${looking.gallery.origin}${changing}`)
    await page.getByText('Dette er for administratorer').waitFor()
    await leave()
  })
})

describe('a policy that is read in', () => {
  const file = { name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from('# Policy') }

  test('of five hundred sentences, any can be given any control, and what is taken becomes a draft', async () => {
    await looking.gallery.set({ amount: 'much' })
    const { page, leave } = await looking.open('/read-policy')
    await page.getByLabel('Velg en fil').setInputFiles(file)
    await page.getByRole('button', { name: 'Alle 500' }).waitFor()
    await page.getByRole('button', { name: 'Med verdier' }).click()
    const value = page.getByRole('checkbox', { name: /90 dager/ })
    const taken = await page.getByRole('checkbox', { checked: true }).count()
    await value.first().uncheck()
    await page.getByRole('button', { name: 'Ingenting tester' }).click()
    const last = page.getByLabel('Kontroll for setning 500')
    await last.focus()
    await last.selectOption('bug-bounty')
    await page.getByLabel('Ta inn vår egen ordlyd').check()
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/drafts')),
      page.getByRole('button', { name: 'Bekreft og lag utkastet' }).click(),
    ])
    const { title, source, changes } = sent.postDataJSON()
    expect([title, source]).toEqual(['policy', 'reading'])
    const values = Object.values<{ parameters?: object }>(changes).filter((change) => change.parameters)
    expect(values).toHaveLength(taken - 1)
    expect(changes['bug-bounty'].statement.nb).toContain('Vi er stolte av arbeidet vi gjør')
    await leave()
  })
})

test('requirements that nothing meets are found among two hundred and fifty', async () => {
  await looking.gallery.set({ amount: 'much' })
  const { page, leave } = await looking.open('/frameworks')
  const rows = page.getByRole('table').locator('tbody tr')
  expect(await rows.count()).toBe(250)
  await page.getByRole('button', { name: /Bare det ingen kontroll møter/ }).click()
  await page.waitForURL('**/frameworks?show=unmet')
  expect(await rows.count()).toBe(await page.getByText('Ingen kontroll møter dette.').count())
  await leave()
})

test('what an exception would cover is seen before it is asked for', async () => {
  const { page, leave } = await looking.open(
    '/evidence?test=unique-accounts%2Fone-owner&subject=web-01%2Fbruker0',
  )
  await page.getByRole('button', { name: 'Be om unntak' }).click()
  const dialog = page.getByRole('dialog', { name: 'Be om unntak' })
  await dialog.getByRole('button', { name: 'Hva ville dette dekket?' }).click()
  await dialog.getByText(/Unntaket ville dekket dette/).waitFor()
  await dialog.getByText('2 nå, 1 med unntaket').waitFor()
  await dialog.getByLabel('Til og med').fill('2027-01-01')
  await dialog.getByText(/Unntaket ville dekket dette/).waitFor({ state: 'detached' })
  await leave()
})
