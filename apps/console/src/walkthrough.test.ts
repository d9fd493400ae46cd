import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from '@hevd/core'
import { digestOfFacts, type Said, vocabulary } from '@hevd/facts'
import { readConfig, type Server, startServer } from '@hevd/server'
import { type ThrowawayDatabase, throwawayDatabase } from '@hevd/testing'
import pino from 'pino'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** From the first start to the public page, as a security officer alone and as two administrators among five hundred. */

const host = { id: 'h1', name: 'web-01' }
const passphrase = 'en lang nok passfrase'
const changed = 'access-removed-at-termination'
const outside = 'visitors-escorted'

/** For a machine with much else to do; on a quiet one all of it takes a minute. */
const patience = 400_000

const cases = ([1, 500] as const).flatMap((people) =>
  (['nb', 'en'] as const).map((locale) => ({ people, locale })),
)

let browser: Browser
/** Of each case. */
let servers: readonly Server[]
const undo: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  servers = await Promise.all(cases.map(({ locale }) => firstStart(locale)))
}, patience)
afterAll(async () => {
  await browser.close()
  for (const step of undo.splice(0).reverse()) await step()
})

async function firstStart(locale: Locale): Promise<Server> {
  const target: ThrowawayDatabase = await throwawayDatabase()
  undo.push(() => target.drop())
  const home = await mkdtemp(join(tmpdir(), 'hevd-walk-'))
  undo.push(() => rm(home, { recursive: true, force: true }))
  const environment = {
    HEVD_HOME: home,
    HEVD_PORT: '0',
    DATABASE_URL: target.runtimeUrl,
    HEVD_MIGRATE_URL: target.ownerUrl,
  }
  const server = await startServer({
    config: readConfig(environment, true),
    version: '0.0.0',
    logger: pino({ level: 'silent' }),
    monotonic: () => performance.now(),
    progress: () => {},
    thisHost: host,
    firstStart: { name: 'Fjordheim Regnskap', locale, timeZone: 'Europe/Oslo' },
  })
  undo.push(() => server.stop())
  return server
}

/** One person at the console, in one language. */
type Visitor = {
  readonly page: Page
  /** What the console calls something in the visitor's language. */
  say(nb: string, en: string): string
  go(path: string): Promise<unknown>
  press(nb: string, en: string): Promise<void>
  /** Presses a button of the page, and the button of the same name in the dialog that it opens. */
  confirm(nb: string, en: string): Promise<void>
  fill(nb: string, en: string, value: string): Promise<void>
  sees(nb: string | RegExp, en: string | RegExp): Promise<void>
}

async function enter(server: Server, locale: Locale, link: string, name: string): Promise<Visitor> {
  const context = await browser.newContext({
    locale: locale === 'nb' ? 'nb-NO' : 'en-GB',
    timezoneId: 'Europe/Oslo',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  })
  undo.push(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const say = <Words>(nb: Words, en: Words) => (locale === 'nb' ? nb : en)
  const visitor: Visitor = {
    page,
    say,
    go: (path) => page.goto(`${server.origin}${path}`),
    press: (nb, en) => page.getByRole('button', { name: say(nb, en), exact: true }).click(),
    async confirm(nb, en) {
      await visitor.press(nb, en)
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: say(nb, en), exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    },
    fill: (nb, en, value) => page.getByLabel(say(nb, en), { exact: true }).fill(value),
    sees: (nb, en) => page.getByText(say(nb, en)).first().waitFor(),
  }
  await page.goto(link)
  await visitor.fill('Navnet ditt', 'Your name', name)
  await visitor.fill('Brukernavn', 'User name', name.toLowerCase())
  await visitor.fill('Passordfrase', 'Passphrase', passphrase)
  await visitor.press('Lag bruker og logg inn', 'Create the account and sign in')
  await page.getByRole('navigation').first().waitFor()
  return visitor
}

/** Five hundred people out of a file, let through by their number. */
async function importPeople(visitor: Visitor, count: number): Promise<void> {
  const rows = Array.from(
    { length: count },
    (_, index) => `${1000 + index};Person ${index};ansatt;2024-01-15`,
  )
  await visitor.go('/people/import')
  await visitor.fill('Eller lim inn', 'Or paste', ['id;navn;type;startdato', ...rows].join('\n'))
  await visitor.press('Vis hva som blir endret', 'Show what would change')
  await visitor.page
    .getByLabel(visitor.say('Antall som blir lagt til', 'The number to be added'))
    .fill(String(count))
  await visitor.press(`Legg til og endre ${count}`, `Add and change ${count}`)
  await visitor.page.waitForURL('**/people')
  await visitor.sees(/500 i alt|av 500/, /500 in all|of 500/)
}

/** A clear-text service appears on the host, as its agent sees it. */
async function telnetAppears(server: Server): Promise<void> {
  const value = {
    host: host.id,
    transport: 'tcp',
    address: '0.0.0.0',
    port: 23,
    reach: 'network',
    program: 'telnetd',
    account: 'root',
    speaks: 'telnet',
  }
  const type = 'listening-socket'
  const fact: Said & { key: string } = { type, value, key: vocabulary.get(type)?.key(value) ?? '' }
  const [answer] = await server.modules.feeds.take(server.organisation, host.id, [
    {
      collector: 'sockets',
      title: { nb: 'Åpne porter', en: 'Open ports' },
      interval: 'PT5M',
      kind: 'full',
      sequence: 1,
      put: [{ type, value }],
      gone: [],
      coverage: [{ type, scope: host.id, state: 'complete', detail: '' }],
      digest: digestOfFacts([fact]),
      observedAt: Date.now(),
    },
  ])
  expect(answer).toMatchObject({ state: 'taken' })
}

/** Opens a control for change and names a new draft for it. */
async function beginDraft(visitor: Visitor, control: string, title: string): Promise<void> {
  await visitor.go(`/controls/${control}`)
  await visitor.page.getByRole('link', { name: visitor.say('Endre', 'Change'), exact: true }).click()
  await visitor.fill('Navn på utkastet', 'Name of the draft', title)
}

async function saveDraft(visitor: Visitor): Promise<string> {
  await visitor.press('Lagre i utkastet', 'Save in the draft')
  await visitor.page.waitForURL('**/drafts/*')
  return new URL(visitor.page.url()).pathname
}

/** Has a draft approved that the author has sent: by the author where alone, else by the other after the author is refused. */
async function approve(author: Visitor, other: Visitor | null, draft: string): Promise<void> {
  if (other === null) {
    await author.sees('den eneste administratoren', 'the only administrator')
    await author.confirm('Godkjenn', 'Approve')
    await author.sees('(én godkjenner)', '(single approver)')
    return
  }
  await author.sees('En annen administrator må godkjenne', 'Another administrator must approve')
  const name = author.say('Godkjenn', 'Approve')
  expect(await author.page.getByRole('button', { name, exact: true }).count()).toBe(0)
  const path = `/api/policy${draft}`
  const { version } = await (await author.page.request.get(new URL(path, author.page.url()).href)).json()
  const forced = await author.page.request.post(new URL(`${path}/approve`, author.page.url()).href, {
    data: { version },
  })
  expect(forced.status()).toBe(403)
  await other.go(draft)
  await other.sees('Det er ikke ditt, og du kan godkjenne.', 'It is not yours, and you may approve.')
  await other.confirm('Godkjenn', 'Approve')
  await other.sees('Godkjent av', 'Approved by')
  expect(await other.page.getByText(other.say('én godkjenner', 'single approver')).count()).toBe(0)
}

describe.concurrent('the policy is changed, from the first start to the public page', () => {
  test.each(cases)(
    'in an organisation of $people, in $locale',
    { timeout: patience },
    async ({ people, locale }) => {
      const server = servers[cases.findIndex((each) => each.people === people && each.locale === locale)]
      if (server === undefined) throw new Error('No server was started for this case')
      const author = await enter(server, locale, server.firstLink ?? '', 'Ada')
      const other = people === 1 ? null : await enter(server, locale, await server.newLink(), 'Bo')
      if (people > 1) await importPeople(author, people)
      await telnetAppears(server)

      // A control is changed beside its text, and what that changes is seen.
      await beginDraft(author, changed, 'Strengere fratredelse')
      const words = {
        nb: 'Når noen slutter, fjerner vi all tilgang samme formiddag.',
        en: 'When somebody leaves, we remove all access the same morning.',
      }
      await author.fill('Løfte, norsk', 'Promise, Norwegian', words.nb)
      await author.fill('Løfte, engelsk', 'Promise, English', words.en)
      await author.fill('Frist for produksjonssystemer', 'Deadline for production systems', '2')
      const draft = await saveDraft(author)
      await author.page.locator('ins', { hasText: author.say('formiddag.', 'morning.') }).waitFor()
      await author.page.locator('del', { hasText: author.say('4 timer', '4 hours') }).waitFor()
      await author.page.locator('ins', { hasText: author.say('2 timer', '2 hours') }).waitFor()

      // It is tried dry, sent and approved.
      await author.press('Hva ville blitt annerledes?', 'What would change?')
      await author.sees(/kontrollobjekter er bedømt på nytt/, /subjects were judged again/)
      await author.confirm('Send til godkjenning', 'Send for approval')
      await approve(author, other, draft)

      // The public page says it, and proves it in the reader's browser.
      await expect
        .poll(
          async () => {
            await author.go(`/trust?lang=${locale}`)
            return author.page.locator('body').innerText()
          },
          { timeout: 60_000, interval: 500 },
        )
        .toContain(words[locale])
      await author.page.locator('#verify').click()
      const whole = author.page.locator('#whole:not([hidden])')
      await whole.waitFor()
      expect(await whole.getAttribute('class')).toBe('proven')

      // A control that does not apply says so, with its reason.
      await beginDraft(author, outside, 'Ingen lokaler')
      const reason = 'Vi har ingen egne lokaler og tar ikke imot besøk.'
      await author.page.getByLabel(author.say('Den gjelder ikke', 'It does not apply')).check()
      await author.fill('Hvorfor gjelder den ikke?', 'Why does it not apply?', reason)
      const second = await saveDraft(author)
      await author.confirm('Send til godkjenning', 'Send for approval')
      await approve(author, other, second)
      await author.go(`/controls/${outside}`)
      await author.sees('Gjelder ikke', 'Not applicable')
      await author.sees(reason, reason)

      // A failure is accepted for a time, after what that would cover was seen.
      const asked = new URLSearchParams({ test: 'encrypted-remote-access/no-clear-text', subject: host.id })
      await author.go(`/evidence?${asked}`)
      await author.press('Be om unntak', 'Ask for an exception')
      await author.press('Hva ville dette dekket?', 'What would this cover?')
      await author.sees('Unntaket ville dekket dette', 'The exception would cover this')
      await author.fill(
        'Hvorfor kan dette vente?',
        'Why can this wait?',
        'Maskinen byttes i desember, og slås av da.',
      )
      await author.press('Send til godkjenning', 'Send for approval')
      await author.sees('Forespørselen er sendt', 'The request was sent')
      const decider = other ?? author
      await decider.go('/exceptions')
      await decider.confirm('Godkjenn', 'Approve')
      await decider.page.getByRole('heading', { name: decider.say('Gjelder nå', 'In force') }).waitFor()
    },
  )
})
