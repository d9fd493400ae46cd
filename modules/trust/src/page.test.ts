import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Locale } from '@hevd/core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { TrustControl, TrustView } from './contract.ts'
import { present } from './testdata/clock.ts'
import { forkOf, shortened } from './testdata/fork.ts'
import { type Lie, type LyingProxy, startProxy } from './testdata/proxy.ts'
import { startWorld, type World } from './testdata/world.ts'
import { type ControlFindingCode, controlFindings, type LogFindingCode, logFindings } from './verify/index.ts'

/** A reader's browser before a server that lies: everything it says wrong is named, in the reader's language. */
let world: World
let proxy: LyingProxy
let browser: Browser
let context: BrowserContext
const opened = 'policy-published'

beforeAll(async () => {
  world = await startWorld(present())
  const controls = [
    { control: opened, shows: 'status' },
    { control: 'patched', shows: 'status-and-history' },
  ]
  await world.call('PUT', '/api/trust/shows', 'administrator', { controls })
  await world.publish()
  proxy = await startProxy(await world.app.listen({ host: '127.0.0.1', port: 0 }))
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  context = await browser.newContext()
})
afterAll(async () => {
  await browser.close()
  await proxy.close()
  await world.stop()
})
afterEach(async () => {
  proxy.lie = null
  await context.close()
  context = await browser.newContext()
})

type Seen = { readonly outcome: string; readonly whole: string; readonly codes: ReadonlyMap<string, string> }

async function verifyIn(page: Page): Promise<Seen> {
  await page.locator('#verify').click()
  await page.locator('#whole:not([hidden])').waitFor()
  await page.locator('#verify:not([disabled])').waitFor()
  const findings = page.locator('[data-finding]:not([hidden])')
  const codes = await findings.evaluateAll((all) =>
    all.map((one) => [one.getAttribute('data-finding') ?? '', one.getAttribute('data-code') ?? ''] as const),
  )
  const whole = page.locator('#whole')
  return {
    outcome: (await whole.getAttribute('class')) ?? '',
    whole: await whole.innerText(),
    codes: new Map(codes),
  }
}

async function visit(locale: Locale): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${proxy.url}/trust?lang=${locale}`)
  return { page, faults }
}

/** Changes the answer of `/api/trust`, control by control. */
function lieInView(change: (control: TrustControl, all: readonly TrustControl[]) => TrustControl): Lie {
  return (path, body) => {
    if (path !== '/api/trust') return null
    const view: TrustView = JSON.parse(body.toString('utf8'))
    const all = view.sections.flatMap(({ controls }) => controls)
    const sections = view.sections.map((section) => ({
      ...section,
      controls: section.controls.map((control) => change(control, all)),
    }))
    return JSON.stringify({ ...view, sections })
  }
}

/** Changes the page's own markup around one control. */
function lieOnPage(id: string, change: (article: string) => string): Lie {
  return (path, body) => {
    if (!path.startsWith('/trust?')) return null
    const html = body.toString('utf8')
    const start = html.indexOf(`<article id="${id}"`)
    const end = html.indexOf('</article>', start)
    return html.slice(0, start) + change(html.slice(start, end)) + html.slice(end)
  }
}

function both(...lies: readonly Lie[]): Lie {
  return (path, body) => lies.map((lie) => lie(path, body)).find((said) => said !== null) ?? null
}

const unknown = { nb: 'Ukjent', en: 'Unknown' }
const upheld = { nb: 'Overholdt', en: 'Upheld' }
const greenOnPage = (locale: Locale) =>
  lieOnPage(opened, (article) =>
    article.replace('mark-unknown', 'mark-holds').replace(unknown[locale], upheld[locale]),
  )
const greenInView = lieInView((control) =>
  control.id === opened ? { ...control, leaf: { ...control.leaf, state: 'holds' } } : control,
)
const greenToTheBytes = lieInView((control) => {
  if (control.id !== opened) return control
  const leaf = JSON.parse(Buffer.from(control.proof.leaf, 'base64').toString('utf8'))
  const bytes = Buffer.from(JSON.stringify({ ...leaf, state: 'holds' })).toString('base64')
  return { ...control, leaf: { ...control.leaf, state: 'holds' }, proof: { ...control.proof, leaf: bytes } }
})
const anotherProof = lieInView((control, all) => {
  const other = all.find(({ id }) => id === 'patched')
  return control.id === opened && other !== undefined ? { ...control, proof: other.proof } : control
})
const softer = (locale: Locale) =>
  lieOnPage(opened, (article) =>
    article.replace(
      { nb: 'minst én gang i året', en: 'at least once a year' }[locale],
      {
        nb: 'når vi har tid',
        en: 'when we have time',
      }[locale],
    ),
  )
const softerParameter = (locale: Locale) =>
  lieOnPage(opened, (article) =>
    article.replace({ nb: '>1 år<', en: '>1 year<' }[locale], { nb: '>9 år<', en: '>9 years<' }[locale]),
  )
const softerEverywhere = (locale: Locale) =>
  both(
    softer(locale),
    lieInView((control) =>
      control.id === opened
        ? {
            ...control,
            statement: {
              nb: control.statement.nb.replace('minst én gang i året', 'når vi har tid'),
              en: control.statement.en.replace('at least once a year', 'when we have time'),
            },
          }
        : control,
    ),
  )
const hidden: Lie = lieOnPage('patched', () => '<p>')

const lies: readonly (readonly [string, (locale: Locale) => Lie, string, ControlFindingCode])[] = [
  ['status altered on the page', greenOnPage, opened, 'status-altered'],
  [
    'status altered on the page and in the answer',
    (locale) => both(greenOnPage(locale), greenInView),
    opened,
    'leaf-altered',
  ],
  [
    'status altered to the last byte',
    (locale) => both(greenOnPage(locale), greenToTheBytes),
    opened,
    'not-in-log',
  ],
  ['proof of another leaf', () => anotherProof, opened, 'another-leaf'],
  ['policy text changed on the page', softer, opened, 'text-changed'],
  ['policy text changed everywhere', softerEverywhere, opened, 'text-changed'],
  ['a deadline changed on the page', softerParameter, opened, 'text-changed'],
]

describe.each(['nb', 'en'] as const)('in %s', (locale) => {
  test('an honest page is proven, and again at the next visit', async () => {
    const { page, faults } = await visit(locale)
    const first = await verifyIn(page)
    expect(first.outcome).toBe('proven')
    expect(first.whole).toContain(logFindings['first-visit'][locale])
    expect([...new Set(first.codes.values())]).toEqual(['proven'])
    expect(first.codes.size).toBe(world.catalogue.controls.size)
    await page.reload()
    expect((await verifyIn(page)).whole).toContain(logFindings.continues[locale])
    expect(faults).toEqual([])
  })

  test.each(lies)('%s is caught', async (_, lie, control, code) => {
    proxy.lie = lie(locale)
    const { page } = await visit(locale)
    const seen = await verifyIn(page)
    expect(seen.outcome).toBe('wrong')
    expect(seen.codes.get(control)).toBe(code)
    expect([...seen.codes].filter(([, found]) => found !== 'proven')).toEqual([[control, code]])
    await expect(page.locator(`[data-finding=${control}]`).innerText()).resolves.toBe(
      controlFindings[code][locale],
    )
  })

  test('a strip that shows green where a control is not is caught', async () => {
    proxy.lie = (path, body) =>
      path.startsWith('/trust?')
        ? body.toString('utf8').replace('mark mark-unknown', 'mark mark-holds')
        : null
    const { page } = await visit(locale)
    const seen = await verifyIn(page)
    expect([seen.outcome, seen.whole]).toEqual([
      'wrong',
      expect.stringContaining(logFindings['strip-altered'][locale]),
    ])
  })

  test('a control that the page leaves out is missed', async () => {
    proxy.lie = hidden
    const { page } = await visit(locale)
    expect((await verifyIn(page)).outcome).toBe('wrong')
  })

  test('a stale page is caught by the reader’s clock', async () => {
    const { page } = await visit(locale)
    await page.clock.setFixedTime(present() + 3 * 3_600_000)
    const seen = await verifyIn(page)
    expect(seen.outcome).toBe('wrong')
    expect([...new Set(seen.codes.values())]).toEqual(['stale'])
    await expect(page.locator(`[data-finding=${opened}]`).innerText()).resolves.toBe(
      controlFindings.stale[locale],
    )
  })

  const logLies: readonly (readonly [string, () => Promise<Lie>, LogFindingCode])[] = [
    ['a history that was rewritten', () => forkOf(world), 'history-rewritten'],
    ['a log that became shorter', () => shortened(world, 1), 'history-shortened'],
    ['a checkpoint that nobody signed', async () => forged, 'checkpoint-forged'],
    ['another key', async () => anotherKey, 'another-key'],
    ['a log that does not answer', async () => silent, 'log-unreachable'],
  ]
  test.each(logLies)('%s is caught at the second visit', async (_, lie, code) => {
    const { page } = await visit(locale)
    expect((await verifyIn(page)).outcome).toBe('proven')
    proxy.lie = await lie()
    await page.reload()
    const seen = await verifyIn(page)
    expect(seen.outcome).toBe('wrong')
    expect(seen.whole).toContain(logFindings[code][locale])
  })
})

test('a history that was rewritten convinces whoever never saw the log: that is why it is remembered', async () => {
  proxy.lie = await forkOf(world)
  expect((await verifyIn((await visit('en')).page)).outcome).toBe('proven')
})

test.each([
  ['nb', 'light'],
  ['en', 'dark'],
] as const)('axe finds nothing serious in %s, %s', async (locale, colorScheme) => {
  await context.close()
  context = await browser.newContext({ colorScheme, bypassCSP: true, reducedMotion: 'reduce' })
  const { page } = await visit(locale)
  await verifyIn(page)
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.addScriptTag({ content: axe })
  const serious = await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ' ' + nodes.slice(0, 3).map(({ html }) => html).join(' ')))`)
  expect(serious).toEqual([])
})

const forged: Lie = (path, body) =>
  path === '/log/checkpoint'
    ? body.toString('utf8').replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1}\n`)
    : null

const anotherKey: Lie = (path, body) =>
  path === '/api/trust'
    ? body.toString('utf8').replace(/"verifierKey":"[^"]+"/, '"verifierKey":"x+00000000+AQ=="')
    : null

const silent: Lie = (path) => (path === '/log/checkpoint' ? 503 : null)
