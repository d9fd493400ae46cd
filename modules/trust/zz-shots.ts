import { chromium } from 'playwright-core'
import { startWorld } from './src/testdata/world.ts'
const world = await startWorld(Date.now())
const ids = [...world.catalogue.controls.keys()]
await world.call('PUT', '/api/trust/shows', 'administrator', { controls: ids.slice(0, 30).map((control, i) => ({ control, shows: i % 3 ? 'status' : 'status-and-history' })).concat([{control:'policy-published',shows:'status-and-history'}]) })
await world.target.db.transaction(world.organisation, async (tx) => {
  await world.feeds.openRegister(tx, world.organisation, { name: 'page', title: { nb: 'S', en: 'P' }, types: ['published-text'] })
  await world.feeds.put(tx, world.organisation, 'page', [...world.catalogue.controls.values()].flatMap(({ id: control, policyDigest: digest }) => ['nb', 'en'].map((locale) => ({ type: 'published-text', value: { control, locale, digest } }))))
})
await world.publish()
await world.call('PUT', '/api/trust/shows', 'administrator', { controls: [{ control: ids[1], shows: 'statement' }] })
await world.publish()
const url = await world.app.listen({ host: '127.0.0.1', port: 0 })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] })
for (const [locale, scheme, width] of [['nb', 'light', 1440], ['en', 'dark', 1440], ['nb', 'dark', 390], ['en', 'light', 390]] as const) {
  const context = await browser.newContext({ viewport: { width, height: 1000 }, colorScheme: scheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (m) => console.log(m.type(), m.text()))
  await page.goto(`${url}/trust?lang=${locale}`)
  await page.screenshot({ path: `/tmp/hevd/t-${locale}-${scheme}-${width}-a.png` })
  await page.click('#verify'); await page.waitForSelector('#whole:not([hidden])')
  await page.locator('details').first().evaluate((d: any) => { d.open = true })
  await page.screenshot({ path: `/tmp/hevd/t-${locale}-${scheme}-${width}-b.png` })
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  await page.screenshot({ path: `/tmp/hevd/t-${locale}-${scheme}-${width}-c.png` })
  await context.close()
}
await browser.close(); await world.stop()
