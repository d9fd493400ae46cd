import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { handingOutFixture, takenShareFixture } from '../gallery/keys.ts'
import { calm, type Looking, look } from '../gallery/looking.ts'

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
beforeEach(() => looking.gallery.set({ ...calm, amount: 'little' }))
afterAll(() => looking.close())

/** A custodian’s own share, on the screen. */
async function shareShown() {
  const shown = await looking.open('/root-key')
  const { page } = shown
  await page.route('**/api/root-key', (route) => route.fulfill({ json: handingOutFixture(Date.now()) }))
  await page.reload()
  await page.getByRole('button', { name: 'Vis min del' }).click()
  return shown
}

test('a share is shown once and typed back: what is wrong is named, and nothing is asked of the server', async () => {
  const { page, faults, leave } = await shareShown()
  await page.getByText('04MPC').waitFor()
  const asked: string[] = []
  page.on('request', (request) => request.method() !== 'GET' && asked.push(request.url()))
  await page.getByRole('button', { name: 'Jeg har skrevet den ned' }).click()
  expect(await page.getByText('04MPC').count()).toBe(0)
  const typed = page.getByLabel('Skriv den inn fra papiret')
  await typed.fill(takenShareFixture.share.replace('QT4H2', 'QT4H3'))
  await page.getByRole('button', { name: 'Kontroller' }).click()
  await page.getByText('Ikke likt i gruppe 3.').waitFor()
  await typed.fill(takenShareFixture.share.toLowerCase().replaceAll('-', ' '))
  await page.getByRole('button', { name: 'Kontroller' }).click()
  await page.getByText('Papiret er riktig').waitFor()
  expect([asked, faults]).toEqual([[], []])
  await leave()
})

test('a page with a share that was not typed back is not left by mistake', async () => {
  const { page, leave } = await shareShown()
  await page.getByText('04MPC').waitFor()
  await page.getByRole('link', { name: 'Tokener' }).click()
  await page.getByRole('dialog').waitFor()
  await page.getByRole('button', { name: 'Avbryt', exact: true }).click()
  await page.getByText('04MPC').waitFor()
  await leave()
})

test('a custodian gives their own share to a sealed vault', async () => {
  const { page, faults, leave } = await looking.open('/root-key')
  const given = page.waitForRequest((request) => request.url().endsWith('/api/root-key/unseal'))
  await page.getByLabel('Din del').fill('HEVD1-04MPC')
  await page.getByRole('button', { name: 'Gi min del' }).click()
  expect((await given).postDataJSON()).toEqual({ share: 'HEVD1-04MPC' })
  expect(faults).toEqual([])
  await leave()
})

test('a reader sees who can use a key, asks for oneself, and changes nothing', async () => {
  await looking.gallery.set({ amount: 'much', role: 'reader' })
  const { page, leave } = await looking.open('/keys/fakturaer')
  await page.getByText('Faktureringen').first().waitFor()
  const buttons = await page.locator('article').getByRole('button').allInnerTexts()
  expect(
    buttons.filter((word) => /Roter$|Slett|Innstillinger|Avgjør|Trekk|Godkjenn|Avslå/.test(word)),
  ).toEqual([])
  await page.getByRole('button', { name: 'Be om en tildeling' }).click()
  await page.getByRole('checkbox', { name: 'dekryptere', exact: true }).check()
  await page.getByLabel('Tjenstlig behov').fill('Innsyn i fakturaer')
  await page.getByLabel('Siste dag').fill('2027-03-01')
  const asked = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Be om det' }).click()
  expect((await asked).postDataJSON()).toMatchObject({
    key: 'fakturaer',
    holder: { kind: 'account', id: expect.any(String) },
    operations: ['decrypt'],
    until: '2027-03-01',
  })
  await leave()
})

test('a token is shown once', async () => {
  const { page, leave } = await looking.open('/key-tokens?make=yes')
  await page.getByLabel('Hvem tokenet er for').selectOption({ label: 'Faktureringen' })
  await page.getByLabel('Siste dag').fill('2027-03-01')
  await page.getByLabel('Adresser').fill('10.0.0.0/8, 2001:db8::/32')
  const made = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Lag tokenet' }).click()
  expect((await made).postDataJSON()).toMatchObject({
    holder: { kind: 'service', id: 'svc-0' },
    sources: ['10.0.0.0/8', '2001:db8::/32'],
  })
  await page.getByText('hvk.').waitFor()
  await page.getByRole('button', { name: 'Ferdig' }).click()
  expect(await page.getByText('hvk.').count()).toBe(0)
  await leave()
})
