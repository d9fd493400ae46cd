import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calm, type Looking, look } from '../gallery/looking.ts'
import { pages } from '../gallery/pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
afterAll(() => looking.close())

/** Serious and critical faults of accessibility, as `rule: element`. @param rules those to look for; all where left out */
async function faultsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (only) => {
    type Found = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }
    const { axe: checker } = window as unknown as {
      axe: { run(where: Document, options: object): Promise<{ violations: Found[] }> }
    }
    const { violations } = await checker.run(document, {
      resultTypes: ['violations'],
      ...(only === undefined ? {} : { runOnly: only }),
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, rules)
}

/** Every language at every width; each is looked at in light and in dark, which changes colours and nothing else. */
const looks = (['nb', 'en'] as const).flatMap((locale) =>
  ([1440, 390] as const).map((width) => ({ locale, width })),
)

/** What has been gone over without a fault: the same document in the same look need not be again. */
const sound = new Set<string>()

const englishOnly = /\b(the|and|not|with|this|that|are|was|which|who|from|since|until)\b/i
const norwegianOnly = /[æøå]|\b(og|ikke|som|eller|av|til|siden|hvem|hva)\b/i

describe.each(['none', 'little', 'much'] as const)('with %s to show', (amount) => {
  beforeAll(() => looking.gallery.set({ ...calm, amount }))

  test.each(pages)('$name', async ({ path, act }) => {
    const { page, faults, leave } = await looking.open(path)
    await act?.(page)
    await page.waitForLoadState('networkidle')
    for (const { locale, width } of looks) {
      await page.setViewportSize({ width, height: 900 })
      await page.getByRole('button', { name: locale === 'nb' ? 'Norsk bokmål' : 'English' }).click()
      const where = `${locale} ${width}`
      expect(await page.evaluate(() => document.documentElement.lang), where).toBe(locale)
      const document = hash('sha256', `${where} ${await page.content()}`)
      if (sound.has(document)) continue
      expect(await faultsOf(page), where).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      expect(await faultsOf(page, ['color-contrast']), `${where} dark`).toEqual([])
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(overflow, where).toBeLessThanOrEqual(0)
      const said = await page.locator('h1, h2, label, button:not([lang]), th, dt').allInnerTexts()
      const foreign = said.filter((words) => (locale === 'nb' ? englishOnly : norwegianOnly).test(words))
      expect(
        foreign.filter((words) => !/Solheim|Nygård|Østby|fjordkraft/.test(words)),
        where,
      ).toEqual([])
      sound.add(document)
    }
    expect(faults).toEqual([])
    await leave()
  })
})
