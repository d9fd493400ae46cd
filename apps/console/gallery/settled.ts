import type { Page } from 'playwright-core'

/**
 * What resolves when a page has nothing more to fetch and has painted what it got. Playwright's own `networkidle` waits
 * half a second longer each time. To be made before the page goes anywhere.
 */
export function settling(page: Page): () => Promise<void> {
  let inFlight = 0
  page.on('request', () => {
    inFlight += 1
  })
  const ended = () => {
    inFlight -= 1
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  const painted = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  return async () => {
    // An answer may lead to another question, which is asked by the time that it has been painted.
    for (let quiet = 0; quiet < 2; quiet = inFlight === 0 ? quiet + 1 : 0) await painted()
  }
}
