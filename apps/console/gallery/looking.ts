import { type Browser, chromium } from 'playwright-core'
import { sharedConsole } from '../src/build.ts'
import type { Mood } from './answers.ts'
import { openGallery } from './server.ts'

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
  const open = async (
    path: string,
    options: { readonly locale?: 'nb' | 'en'; readonly width?: number } = {},
  ) => {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1440, height: 900 },
      locale: options.locale === 'en' ? 'en-GB' : 'nb-NO',
      timezoneId: 'Europe/Oslo',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security|React/.test(message.text()))
        faults.push(message.text())
    })
    await page.goto(`${gallery.origin}${path}`)
    await page.waitForSelector('h1')
    await page.waitForLoadState('networkidle')
    return { page, faults, leave: () => context.close() }
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
