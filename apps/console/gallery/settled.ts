import type { Page } from 'playwright-core'

/**
 * What resolves when a page has nothing more to fetch and has rendered what it got. Playwright's own `networkidle` waits
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
  /** Lets the page do what it has to do; frames are not asked for, since drawing them is the most of its work. */
  const rendered = () => page.evaluate((pause) => new Promise((done) => setTimeout(done, pause)), 40)
  return async () => {
    // An answer may lead to another question, which is asked when it is rendered.
    for (let quiet = 0; quiet < 3; quiet = inFlight === 0 ? quiet + 1 : 0) await rendered()
  }
}
