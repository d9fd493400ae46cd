import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { sharedConsole } from '../src/build.ts'
import type { Mood } from './answers.ts'
import { openGallery } from './server.ts'
import { settling } from './settled.ts'

export const calm: Mood = {
  amount: 'little',
  role: 'administrator',
  broken: false,
  lying: false,
  halted: false,
}

/** The console as its sources are now, the gallery that serves it, and a browser; `close` ends both. */
export async function look(mood: Mood = calm) {
  const folder = await sharedConsole()
  if (folder === null) throw new Error('The console cannot be built beside its code')
  const gallery = await openGallery(folder, mood)
  const browser: Browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  // What a page loaded is in the browser's cache for the next of the same reader, as for one who stays.
  const contexts = new Map<string, Promise<BrowserContext>>()
  const contextOf = (locale: 'nb' | 'en', reader: string) => {
    const context =
      contexts.get(locale + reader) ??
      browser.newContext({
        locale: locale === 'en' ? 'en-GB' : 'nb-NO',
        timezoneId: 'Europe/Oslo',
        reducedMotion: 'reduce',
      })
    contexts.set(locale + reader, context)
    return context
  }
  const open = async (
    path: string,
    {
      locale = 'nb',
      width = 1440,
      reader = '',
    }: {
      readonly locale?: 'nb' | 'en'
      readonly width?: number
      /** Whose machine it is opened on, which remembers what was chosen there. */
      readonly reader?: string
    } = {},
  ) => {
    const page = await (await contextOf(locale, reader)).newPage()
    await page.setViewportSize({ width, height: 900 })
    const settled = settling(page)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security|React/.test(message.text()))
        faults.push(message.text())
    })
    const shown = async () => {
      await page.waitForSelector('h1')
      await settled()
    }
    await page.goto(`${gallery.origin}${path}`)
    await shown()
    /** Goes on within the console, as links do. */
    const goTo = async (next: string) => {
      await page.evaluate((where) => history.pushState(null, '', where), next)
      await shown()
    }
    /** Signs out, so that nothing which was fetched before is shown again. */
    const signOut = async () => {
      await goTo('/asked')
      await page.getByRole('button', { name: /Konto og utseende|Account and appearance/ }).click()
      await page.getByRole('menuitem', { name: /Logg ut|Sign out/ }).click()
      await page.waitForURL('**/sign-in')
      await shown()
    }
    /** Leaves nothing behind that the next page could remember. */
    const leave = async () => {
      await page.evaluate(() => localStorage.clear())
      await page.close()
    }
    return { page, faults, settled, goTo, signOut, leave }
  }
  return {
    folder,
    gallery,
    open,
    async close() {
      await browser.close()
      await gallery.close()
    },
  }
}
export type Looking = Awaited<ReturnType<typeof look>>
export type Tab = Awaited<ReturnType<Looking['open']>>
