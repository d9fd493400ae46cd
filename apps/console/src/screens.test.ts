import { hash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultsOf, see } from '../gallery/accessibility.ts'
import { calm, type Looking, look, type Tab } from '../gallery/looking.ts'
import { type GalleryPage, pages } from '../gallery/pages.ts'

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
afterAll(() => looking.close())

/** What has been gone over without a fault: the same screen or header at the same width need not be again. */
const sound = new Set<string>()

const englishOnly = /\b(the|and|not|with|this|that|are|was|which|who|from|since|until)\b/i
const norwegianOnly = /[æøå]|\b(og|ikke|som|eller|av|til|siden|hvem|hva)\b/i

/** Goes over a screen as it stands, in light and in dark, which changes colours and nothing else. */
async function goOver(page: Page, width: number): Promise<void> {
  const { locale, overflow, said, shape, header } = await see(page)
  const where = `${locale} ${width}`
  const whole = hash('sha256', `${width} ${shape}`)
  const top = hash('sha256', `${width} header ${header}`)
  if (!sound.has(whole)) {
    const withHeader = !sound.has(top)
    expect(await faultsOf(page, { withHeader }), where).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    const inDark = await faultsOf(page, { rules: ['color-contrast'], withHeader })
    await page.emulateMedia({ colorScheme: 'light' })
    expect(inDark, `${where} dark`).toEqual([])
    sound.add(whole).add(top)
  }
  expect(overflow, where).toBeLessThanOrEqual(0)
  const foreign = said.filter((words) => (locale === 'nb' ? englishOnly : norwegianOnly).test(words))
  expect(
    foreign.filter((words) => !/Solheim|Nygård|Østby|fjordkraft/.test(words)),
    where,
  ).toEqual([])
}

/** At every width in the language that the tab speaks, then in the other, which it speaks from then on. */
async function goOverAll({ page }: Tab): Promise<void> {
  const first = await page.evaluate(() => document.documentElement.lang)
  const second = first === 'nb' ? 'en' : 'nb'
  await page.setViewportSize({ width: 1440, height: 900 })
  await goOver(page, 1440)
  await page.setViewportSize({ width: 390, height: 900 })
  await goOver(page, 390)
  // Not by the mouse, which does not reach it behind a dialog.
  const dialogs = await page.getByRole('dialog').count()
  await page.locator(`button[lang=${second}]`).dispatchEvent('click')
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(second)
  expect(await page.getByRole('dialog').count()).toBe(dialogs)
  await goOver(page, 390)
  await page.setViewportSize({ width: 1440, height: 900 })
  await goOver(page, 1440)
}

/** Those who share the screens: while the page of one waits for its answers, the other's is gone over. */
type Reader = { readonly name: string; tab: Tab | null; turn: Promise<unknown> }
const readers: readonly [Reader, Reader] = [
  { name: 'one', tab: null, turn: Promise.resolve() },
  { name: 'other', tab: null, turn: Promise.resolve() },
]

/** A screen as a reader comes to it, out of another one where that is how it is reached. */
async function show(reader: Reader, { path, alone = false, act }: GalleryPage): Promise<Tab> {
  const { name, tab: open } = reader
  const tab = open === null || alone ? await looking.open(path, { reader: name }) : open
  if (tab === open) await tab.goTo(path)
  if (!alone) reader.tab = tab
  if (act !== undefined) {
    await act(tab.page)
    await tab.settled()
  }
  return tab
}

describe.each(['none', 'little', 'much'] as const)('with %s to show', (amount) => {
  beforeAll(async () => {
    await looking.gallery.set({ ...calm, amount })
    await Promise.all(readers.map(({ tab }) => tab?.signOut()))
  })

  test.concurrent.each(pages)('$name', async (screen) => {
    const reader = readers[pages.indexOf(screen) % 2 === 0 ? 0 : 1]
    const turn = reader.turn.then(async () => {
      const tab = await show(reader, screen)
      await goOverAll(tab)
      expect(tab.faults.splice(0)).toEqual([])
      if (screen.alone) await tab.leave()
    })
    reader.turn = turn.catch(() => {})
    await turn
  })
})
