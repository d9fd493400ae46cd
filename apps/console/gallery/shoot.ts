import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { buildConsole } from '../src/build.ts'
import { pages } from './pages.ts'
import { openGallery } from './server.ts'
import { settling } from './settled.ts'

/** `node apps/console/gallery/shoot.ts --to <folder> [--only <name>] [--amount much] [--locale en] [--theme dark] [--width 390]`: pictures of screens. */
const { values } = parseArgs({
  options: {
    to: { type: 'string', default: '/tmp/hevd-gallery' },
    built: { type: 'string' },
    only: { type: 'string' },
    amount: { type: 'string', default: 'little' },
    locale: { type: 'string', default: 'nb' },
    theme: { type: 'string', default: 'light' },
    width: { type: 'string', default: '1440' },
    full: { type: 'boolean', default: false },
  },
})
const built = values.built ?? `${values.to}/console`
await mkdir(values.to, { recursive: true })
if (values.built === undefined) await buildConsole({ outDir: built })
const amount = values.amount === 'much' || values.amount === 'none' ? values.amount : 'little'
const gallery = await openGallery(built, {
  amount,
  role: 'administrator',
  broken: false,
  lying: false,
  halted: false,
})
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox'],
})
const context = await browser.newContext({
  viewport: { width: Number(values.width), height: values.width === '390' ? 844 : 900 },
  locale: values.locale === 'en' ? 'en-GB' : 'nb-NO',
  timezoneId: 'Europe/Oslo',
  colorScheme: values.theme === 'dark' ? 'dark' : 'light',
})
for (const { name, path, act } of pages) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue
  const page = await context.newPage()
  const settled = settling(page)
  page.on('console', (message) => message.type() === 'error' && console.log(name, message.text()))
  page.on('pageerror', (error) => console.log(name, error.message))
  await page.goto(`${gallery.origin}${path}`)
  await page.waitForSelector('h1')
  await settled()
  await act?.(page)
  await settled()
  await page.screenshot({
    path: `${values.to}/${name}-${values.locale}-${values.theme}-${values.width}-${amount}.png`,
    fullPage: values.full,
  })
  await page.close()
}
await browser.close()
await gallery.close()
