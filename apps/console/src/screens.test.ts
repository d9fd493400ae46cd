import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locale } from '@hevd/core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { calm, type Looking, look, type Tab } from '../gallery/looking.ts'
import { type GalleryPage, pages } from '../gallery/pages.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let looking: Looking
beforeAll(async () => {
  looking = await look()
})
afterAll(() => looking.close())

/**
 * Serious and critical faults of accessibility, as `rule: element`; elements that are marked as alike are left out.
 * @param rules those to look for; all where left out
 */
async function faultsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
  return page.evaluate(async (only) => {
    type Found = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }
    const { axe: checker } = window as unknown as {
      axe: { run(where: object, options: object): Promise<{ violations: Found[] }> }
    }
    const { violations } = await checker.run(
      { exclude: [['[data-alike]']] },
      { resultTypes: ['violations'], ...(only === undefined ? {} : { runOnly: only }) },
    )
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  }, rules)
}

/** What has been gone over without a fault: the same screen at the same width, whatever it says, need not be again. */
const sound = new Set<string>()

/**
 * A screen without what it says: its elements and attributes, and where there is text, which is all that the rules look
 * at. The two buttons of the languages change places of state with one another, and are left out. What has the shape of
 * two before it among its siblings (the hundredth row of a table) is marked as alike, and stands for nothing.
 */
function shapeOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const said =
      /^(aria-label|aria-description|aria-valuetext|title|placeholder|alt|value|content|href|lang|datetime)$/
    const attribute = ({ name, value }: Attr) =>
      said.test(name) ? `${name}${value.trim() === '' ? '' : '…'}` : `${name}=${value}`
    const shape = (element: Element): string => {
      if (element.matches('button[lang]')) return ''
      const times = new Map<string, number>()
      const inside = [...element.childNodes].map((node) => {
        if (!(node instanceof Element)) return node.textContent?.trim() ? '…' : ''
        const its = shape(node)
        const before = times.get(its) ?? 0
        times.set(its, before + 1)
        node.toggleAttribute('data-alike', before >= 2)
        return before >= 2 ? '' : its
      })
      const attributes = [...element.attributes].filter(({ name }) => name !== 'data-alike').map(attribute)
      return `<${element.localName} ${attributes.join(' ')}>${inside.join('')}</>`
    }
    return shape(document.documentElement)
  })
}

const englishOnly = /\b(the|and|not|with|this|that|are|was|which|who|from|since|until)\b/i
const norwegianOnly = /[æøå]|\b(og|ikke|som|eller|av|til|siden|hvem|hva)\b/i

/** Goes over a screen in one language, at every width, in light and in dark, which changes colours and nothing else. */
async function goOver(page: Page, locale: Locale): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 })
    const where = `${locale} ${width}`
    const shape = hash('sha256', `${width} ${await shapeOf(page)}`)
    if (!sound.has(shape)) {
      expect(await faultsOf(page), where).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      expect(await faultsOf(page, ['color-contrast']), `${where} dark`).toEqual([])
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      sound.add(shape)
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(overflow, where).toBeLessThanOrEqual(0)
    const said = await page.locator('h1, h2, label, button:not([lang]), th, dt').allInnerTexts()
    const foreign = said.filter((words) => (locale === 'nb' ? englishOnly : norwegianOnly).test(words))
    expect(
      foreign.filter((words) => !/Solheim|Nygård|Østby|fjordkraft/.test(words)),
      where,
    ).toEqual([])
  }
}

describe.each(['none', 'little', 'much'] as const)('with %s to show', (amount) => {
  /** One for each language, in which a reader goes from screen to screen. */
  const tabs = new Map<Locale, Tab>()
  beforeAll(() => looking.gallery.set({ ...calm, amount }))
  afterAll(() => Promise.all([...tabs.values()].map(({ leave }) => leave())))

  const show = async ({ path, alone = false, act }: GalleryPage, locale: Locale): Promise<Tab> => {
    const open = alone ? undefined : tabs.get(locale)
    const tab = open ?? (await looking.open(path, { locale }))
    if (open !== undefined) await open.goTo(path)
    else if (!alone) tabs.set(locale, tab)
    await act?.(tab.page)
    await tab.settled()
    return tab
  }

  test.each(pages)('$name', async (screen) => {
    const tab = await show(screen, 'nb')
    await goOver(tab.page, 'nb')
    if (screen.modal) {
      const english = await show(screen, 'en')
      await goOver(english.page, 'en')
      expect(english.faults).toEqual([])
    } else {
      await tab.page.getByRole('button', { name: 'English' }).click()
      await goOver(tab.page, 'en')
      await tab.page.getByRole('button', { name: 'Norsk' }).click()
    }
    expect(tab.faults).toEqual([])
    if (screen.alone) await tab.leave()
  })
})
