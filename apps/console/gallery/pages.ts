import type { Page } from 'playwright-core'
import { draftIds } from './amendments.ts'
import { handingOutFixture } from './keys.ts'

export type GalleryPage = {
  readonly name: string
  readonly path: string
  /** A dialog is open, which keeps everything behind it from being pressed. */
  readonly modal?: boolean
  /** Must be loaded anew: it stands outside the shell, or is given other answers. */
  readonly alone?: boolean
  /** What must be done there before there is something to see. */
  act?(page: Page): Promise<unknown>
}

/** Every screen with an address that shows it. */
export const pages: readonly GalleryPage[] = [
  { name: 'policy', path: '/' },
  { name: 'control', path: '/controls/unique-accounts' },
  { name: 'control-unproven', path: '/controls/visitors-escorted' },
  { name: 'control-not-applicable', path: '/controls/redundant-power' },
  { name: 'change', path: '/controls/access-removed-at-termination/change' },
  { name: 'drafts', path: '/drafts' },
  {
    name: 'draft',
    path: `/drafts/${draftIds.open}`,
    act: async (page) => {
      const ask = page.getByRole('button', { name: /Hva ville blitt|What would change/ })
      if (await ask.isVisible()) await ask.click()
    },
  },
  { name: 'draft-waiting', path: `/drafts/${draftIds.waiting}` },
  { name: 'draft-catalogue', path: `/drafts/${draftIds.catalogue}` },
  { name: 'applicability', path: '/applicability' },
  { name: 'frameworks', path: '/frameworks' },
  { name: 'frameworks-matrix', path: '/frameworks?framework=by-control' },
  {
    name: 'policy-file',
    path: '/policy-file',
    act: async (page) => {
      await page.locator('textarea').fill('controls: {}')
      await page.locator('input:not([type=file])').fill('Hevd')
      await page.locator('button[type=submit]').click()
    },
  },
  {
    name: 'read-policy',
    path: '/read-policy',
    act: async (page) => {
      const file = { name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from('# Policy') }
      await page.locator('input[type=file]').setInputFiles(file)
      // Of a long file, the sentences with something to see.
      await page.getByRole('button', { name: /Med kontroll|With a control/ }).click()
    },
  },
  { name: 'findings', path: '/findings' },
  { name: 'subject', path: '/subject?kind=host&id=h0' },
  { name: 'evidence', path: '/evidence?test=unique-accounts%2Fone-owner&subject=web-01%2Fbruker0' },
  { name: 'exceptions', path: '/exceptions' },
  { name: 'periods', path: '/periods' },
  { name: 'period', path: '/periods/p0' },
  { name: 'period-control', path: '/periods/p0/controls/unique-accounts' },
  {
    name: 'period-sample',
    path: '/periods/p0/sample?test=unique-accounts%2Fone-owner&seed=h%C3%B8st&size=25',
  },
  { name: 'asked', path: '/asked' },
  { name: 'notices', path: '/notices' },
  { name: 'channels', path: '/notices/channels' },
  { name: 'add-webhook', path: '/notices/channels?add=yes', modal: true },
  { name: 'people', path: '/people' },
  { name: 'import', path: '/people/import' },
  { name: 'erasures', path: '/people/erasures' },
  { name: 'erase', path: '/people/erasures?erase=1001', modal: true },
  { name: 'services', path: '/services' },
  { name: 'account-owners', path: '/account-owners' },
  { name: 'access', path: '/access' },
  { name: 'access-import', path: '/access/import' },
  { name: 'keys', path: '/keys' },
  { name: 'make-key', path: '/keys?make=yes', modal: true },
  { name: 'key', path: '/keys/fakturaer' },
  { name: 'key-grants', path: '/key-grants' },
  { name: 'ask-key-grant', path: '/key-grants?ask=yes', modal: true },
  { name: 'key-tokens', path: '/key-tokens' },
  { name: 'make-key-token', path: '/key-tokens?make=yes', modal: true },
  { name: 'root-key', path: '/root-key' },
  {
    name: 'root-key-share',
    path: '/root-key',
    alone: true,
    act: async (page) => {
      const json = handingOutFixture(Date.now())
      await page.route('**/api/root-key', (route) => route.fulfill({ json }))
      await page.reload()
      await page.getByRole('button', { name: /Vis min del|Show my share/ }).click()
    },
  },
  { name: 'root-key-reseal', path: '/root-key?do=reseal' },
  { name: 'key-stores', path: '/key-stores' },
  { name: 'add-key-store', path: '/key-stores?add=yes', modal: true },
  { name: 'backups', path: '/backups' },
  { name: 'backup-source', path: '/backups/h0/kundedata' },
  { name: 'backup-readers', path: '/backups/readers' },
  { name: 'add-backup-reader', path: '/backups/readers?add=yes', modal: true },
  { name: 'data', path: '/data' },
  { name: 'data-import', path: '/data/import' },
  { name: 'data-found', path: '/data/found' },
  { name: 'data-scans', path: '/data/found?view=scans' },
  {
    name: 'data-found-settle',
    path: '/data/found',
    modal: true,
    act: async (page) => {
      const settle = page.getByRole('button', { name: /^(Noe annet|Something else)/ }).first()
      if (!(await settle.isVisible())) return
      await settle.click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'residency', path: '/residency' },
  { name: 'data-stores', path: '/residency/stores' },
  { name: 'add-data-store', path: '/residency/stores?add=yes', modal: true },
  { name: 'data-stores-import', path: '/residency/stores/import' },
  { name: 'customers', path: '/residency/customers' },
  {
    name: 'change-customer',
    path: '/residency/customers',
    modal: true,
    act: async (page) => {
      const open = page.getByRole('button', { name: /^(Åpne|Open): / }).first()
      if (!(await open.isVisible())) return
      await open.click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'subprocessors', path: '/residency/subprocessors' },
  { name: 'pci-attestations', path: '/residency/subprocessors?attest=betaling', modal: true },
  { name: 'host-places', path: '/residency/hosts' },
  { name: 'residency-tokens', path: '/residency/tokens' },
  { name: 'hosts', path: '/hosts' },
  { name: 'import-list', path: '/hosts/import' },
  { name: 'feeds', path: '/feeds' },
  { name: 'ledger', path: '/ledger' },
  { name: 'entry', path: '/ledger/internal/5' },
  { name: 'public', path: '/public' },
  { name: 'accounts', path: '/accounts' },
  { name: 'sign-in', path: '/sign-in', alone: true },
  { name: 'welcome', path: '/welcome#k3Zt9Qk3Zt9Q', alone: true },
]
