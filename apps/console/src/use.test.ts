import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { calm, type Looking, look } from '../gallery/looking.ts'

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
afterAll(() => looking.close())
beforeEach(() => looking.gallery.set(calm))

type Chunk = {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

describe('the first paint of a screen', () => {
  let chunks: Readonly<Record<string, Chunk>>
  beforeAll(async () => {
    chunks = JSON.parse(await readFile(join(looking.folder, '.vite/manifest.json'), 'utf8'))
  })
  const chunk = (name: string): Chunk => chunks[name] ?? expect.fail(`${name} is not in the manifest`)

  /** The scripts that come with those of these names. */
  function scriptsOf(...names: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>()
    const add = ({ file, imports = [] }: Chunk) => {
      if (found.has(file)) return
      found.add(file)
      for (const one of imports) add(chunk(one))
    }
    for (const name of names) add(chunk(name))
    return found
  }

  test('takes less than 200 KB of script', async () => {
    const screens = chunk('index.html').dynamicImports ?? []
    expect(screens.length).toBeGreaterThan(40)
    const sizes = screens.map(async (screen) => {
      const scripts = [...scriptsOf('index.html', screen)].map((file) => readFile(join(looking.folder, file)))
      const size = (await Promise.all(scripts)).reduce((sum, text) => sum + gzipSync(text).length, 0)
      return { screen, size }
    })
    expect((await Promise.all(sizes)).filter(({ size }) => size >= 200 * 1024)).toEqual([])
  })

  test.each([
    ['/', 'modules/posture/console/policy.tsx'],
    ['/people', 'modules/people/console/people.tsx'],
  ])('%s loads that and no more', async (path, source) => {
    const { page, leave } = await looking.open(path)
    const loaded = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname.slice(1))
        .filter((name) => name.endsWith('.js')),
    )
    expect(new Set(loaded)).toEqual(scriptsOf('index.html', `../../${source}`))
    await leave()
  })
})

describe('the strip', () => {
  test('is one stop of the Tab key, walked by arrows, names what is reached and goes there', async () => {
    const { page, leave } = await looking.open('/findings')
    const strip = page.getByRole('navigation', { name: /ett merke per kontroll/ })
    expect(await strip.locator('a[tabindex="0"]').count()).toBe(1)
    await strip.locator('a').first().focus()
    await page.keyboard.press('ArrowRight')
    const named = page.getByText('Unike brukerkontoer', { exact: true }).first()
    await named.waitFor()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/controls/unique-accounts')
    await page.getByRole('heading', { level: 1, name: 'Unike brukerkontoer' }).waitFor()
    await leave()
  })

  test('where it is narrow it takes two lines and leads to the policy', async () => {
    const { page, leave } = await looking.open('/people', { width: 390 })
    const strip = page.getByRole('link', { name: 'Til hele policyen' })
    expect((await strip.boundingBox())?.height).toBeLessThan(48)
    expect(await strip.locator('svg').count()).toBe(48)
    await strip.click()
    await page.getByRole('heading', { name: 'Unike brukerkontoer' }).waitFor()
    await leave()
  })

  test('stands in the icon as the state of the whole', async () => {
    const { page, leave } = await looking.open('/')
    const icon = await page.locator('link[rel=icon]').getAttribute('href')
    expect(decodeURIComponent(icon ?? '')).toContain('M16 3 30 29H2Z')
    await leave()
  })
})

describe('Ctrl K', () => {
  test('reaches a page, a control and an action without the mouse', async () => {
    const { page, leave } = await looking.open('/')
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox')
    await box.fill('tjenester')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/services')
    await page.keyboard.press('Control+k')
    await box.fill('fjerntilgang')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/controls/encrypted-remote-access')
    await page.keyboard.press('Control+k')
    await box.fill('read in english')
    await page.keyboard.press('Enter')
    await page.getByText('How we do it').waitFor()
    await leave()
  })
})

describe('states of a page', () => {
  test('nobody is signed in: to the sign-in page, and a refusal stands beside the button', async () => {
    await looking.gallery.set({ role: null })
    const { page, leave } = await looking.open('/findings')
    await page.waitForURL(/\/sign-in\?to=/)
    await page.getByLabel('Brukernavn').fill('ingrid')
    await page.getByLabel('Passordfrase').fill('feil')
    await page.getByRole('button', { name: 'Logg inn' }).click()
    await page
      .getByRole('alert')
      .getByText(/passordfrasen er feil/)
      .waitFor()
    await leave()
  })

  test('a reader is told whom to ask, and sees no actions', async () => {
    await looking.gallery.set({ role: 'reader' })
    const { page, leave } = await looking.open('/people')
    expect(await page.getByRole('button', { name: /Legg til|Endre/ }).count()).toBe(0)
    await page.goto(`${looking.gallery.origin}/accounts`)
    await page.getByText('Dette er for administratorer').waitFor()
    await leave()
  })

  test('a fault is said in the server’s words, with a way to try again', async () => {
    await looking.gallery.set({ broken: true })
    const { page, leave } = await looking.open('/feeds')
    await page.getByText('Databasen svarer ikke').waitFor()
    await looking.gallery.set({ broken: false })
    await page.getByRole('button', { name: 'Prøv igjen' }).click()
    await page.getByText('Kontoer og grupper').first().waitFor()
    await leave()
  })

  test('a halt of judging is said on every page', async () => {
    await looking.gallery.set({ halted: true })
    const { page, leave } = await looking.open('/people')
    await page.getByRole('alert').getByText('Bedømmingen står stille.').waitFor()
    await leave()
  })
})

describe('lists and proofs', () => {
  test('of 100,000 findings few rows are in the document, and scrolling fetches more', async () => {
    await looking.gallery.set({ amount: 'much' })
    const { page, leave } = await looking.open('/findings')
    const rows = page.getByRole('row')
    expect(await rows.count()).toBeLessThan(80)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('100001')
    for (let screen = 0; screen < 12; screen++) await page.mouse.wheel(0, 4000)
    await page.getByText(/([2-9]|\d\s?\d)00 av 100.000 er hentet/).waitFor()
    expect(await rows.count()).toBeLessThan(80)
    await leave()
  })

  test('a proof holds in the browser, and one of another leaf does not', async () => {
    const { page, leave } = await looking.open('/ledger/internal/5')
    await page.getByRole('button', { name: 'Kontroller her' }).click()
    await page.getByText(/Kontrollert i nettleseren din/).waitFor()
    await looking.gallery.set({ lying: true })
    await page.reload()
    await page.getByRole('button', { name: 'Kontroller her' }).click()
    await page.getByRole('alert').getByText('Beviset holder ikke').waitFor()
    await leave()
  })

  test('what an import would change is said in words', async () => {
    const { page, leave } = await looking.open('/people/import')
    await page.getByLabel('Eller lim inn').fill('id;navn\n1;A')
    await page.getByRole('button', { name: 'Vis hva som blir endret' }).click()
    await page.getByText('Siste dag: – → 31. desember 2026').waitFor()
    await page.getByText('Slutter etter eget ønske: – → ja').waitFor()
    await leave()
  })

  test('of what no control speaks of, its page says so', async () => {
    await looking.gallery.set({ amount: 'none' })
    const { page, leave } = await looking.open('/subject?kind=person&id=1001')
    await page.getByText('Ingen kontroll taler om dette').waitFor()
    await page.getByRole('heading', { level: 1, name: '1001' }).waitFor()
    await leave()
  })

  test('many changes at once are let through by their number alone', async () => {
    await looking.gallery.set({ amount: 'much' })
    const { page, leave } = await looking.open('/people/import')
    await page.getByLabel('Eller lim inn').fill('id;navn\n1;A')
    await page.getByRole('button', { name: 'Vis hva som blir endret' }).click()
    const change = page.getByRole('button', { name: /Legg til og endre/ })
    await change.waitFor()
    expect(await change.isDisabled()).toBe(true)
    await page.getByLabel(/Antall som blir lagt til/).fill('61')
    expect(await change.isDisabled()).toBe(false)
    await change.click()
    await page.waitForURL('**/people')
    await leave()
  })
})

describe('a control’s proof', () => {
  test('is its own leaf, the checkpoint above it, who cosigned, and the line to check it by elsewhere', async () => {
    await looking.gallery.set({ amount: 'much' })
    const { page, leave } = await looking.open('/controls/unique-accounts')
    await page.getByText(`hevd verify ${looking.gallery.origin}/trust`).waitFor()
    await page.getByText(/^96 oppføringer, signert/).waitFor()
    await page.getByText(/har medsignert 93 oppføringer/).waitFor()
    await page.getByRole('link', { name: 'nr. 90' }).click()
    await page.waitForURL('**/ledger/public/90')
    await leave()
  })

  test('a witness that has not come so far is not said to have seen the leaf', async () => {
    const { page, leave } = await looking.open('/controls/unique-accounts')
    await page.getByText(/har ikke sett dette bladet ennå/).waitFor()
    expect(await page.getByText(/har medsignert/).count()).toBe(0)
    await leave()
  })
})

test('evidence is in the reader’s words, not in the code’s', async () => {
  const { page, leave } = await looking.open(
    '/evidence?test=unique-accounts%2Fone-owner&subject=web-01%2Fbruker0',
  )
  await page.getByText('Skallet lar seg åpne').waitFor()
  const shown = await page.locator('main').innerText()
  expect(shown).toContain('22, 8000–8080')
  expect(shown).not.toMatch(/shellOpens|ofHost|byKey|mayTcp|\btrue\b|\bnull\b/)
  await leave()
})

describe('choosing a person', () => {
  test('among thousands by keyboard: typed, found by the server, chosen and sent', async () => {
    await looking.gallery.set({ amount: 'much' })
    const { page, leave } = await looking.open('/services?add=yes')
    await page.getByLabel('Navn', { exact: true }).fill('Rapporter')
    await page.getByLabel('Kortnavn').fill('rapporter')
    const owner = page.getByRole('combobox', { name: 'Ansvarlig' })
    await owner.press('Enter')
    await owner.pressSequentially('1047')
    await page.getByRole('option', { name: /1047/ }).waitFor()
    expect(await page.getByRole('option').count()).toBe(1)
    await owner.press('Enter')
    expect(await owner.inputValue()).toMatch(/^\p{L}+ \p{L}+$/u)
    const [sent] = await Promise.all([
      page.waitForRequest('**/api/services/rapporter'),
      page.getByRole('button', { name: 'Lagre' }).click(),
    ])
    expect(sent.postDataJSON()).toEqual({ id: 'rapporter', name: 'Rapporter', owner: '1047' })
    await leave()
  })

  test('what is typed and not chosen is nobody, and Escape leaves the list before the dialog', async () => {
    const { page, faults, leave } = await looking.open('/services?add=yes')
    const owner = page.getByRole('combobox', { name: 'Ansvarlig' })
    await owner.fill('Ingrid')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('option').first().waitFor({ state: 'detached' })
    await page.getByRole('dialog', { name: 'Legg til en tjeneste' }).waitFor()
    await page.getByLabel('Kortnavn').focus()
    await expect.poll(() => owner.inputValue()).toBe('')
    expect(faults).toEqual([])
    await leave()
  })
})

describe('a file of people', () => {
  const text = 'id;navn\n1;Åse Bjørkås'
  test.each([
    ['Windows-1252, as Excel saves it', Buffer.from(text, 'latin1')],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ])('in %s is sent byte for byte', async (_encoding, bytes) => {
    const { page, leave } = await looking.open('/people/import')
    const [sent] = await Promise.all([
      page.waitForRequest('**/api/people/import/preview'),
      page.getByLabel('Velg en fil').setInputFiles({ name: 'folk.csv', mimeType: 'text/csv', buffer: bytes }),
    ])
    const body: { readonly base64?: string } = sent.postDataJSON()
    expect(Object.keys(body)).toEqual(['base64'])
    expect(Buffer.from(body.base64 ?? '', 'base64')).toEqual(bytes)
    await leave()
  })
})

test('a reader is told by name who said whose an account is', async () => {
  await looking.gallery.set({ role: 'reader', amount: 'much' })
  const { page, leave } = await looking.open('/account-owners?show=all')
  await page
    .getByText(/oppgitt av Olav Bakke/)
    .first()
    .waitFor()
  await leave()
})
