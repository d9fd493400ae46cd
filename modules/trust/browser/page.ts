import { type ControlFinding, logOver, type TrustVerdict, verifyPage } from '@hevd/trust/verify'
import { readersClock } from './clock.ts'
import { displayed } from './displayed.ts'
import { rememberedHead, rememberHead } from './memory.ts'
import { words } from './words.ts'

const locale = document.documentElement.lang === 'en' ? 'en' : 'nb'
const button = document.querySelector<HTMLButtonElement>('#verify')
const whole = document.querySelector<HTMLElement>('#whole')

if (button !== null && whole !== null) {
  button.hidden = false
  button.addEventListener('click', () => {
    verify(button, whole).catch(() => say(whole, 'wrong', [words.unreachable[locale]]))
  })
}

async function verify(pressed: HTMLButtonElement, region: HTMLElement): Promise<void> {
  if (!isSecureContext) return say(region, 'wrong', [words.insecure[locale]])
  const caption = pressed.textContent
  pressed.disabled = true
  pressed.textContent = words.working[locale]
  try {
    const verdict = await verifyPage({
      pages: [displayed(document)],
      view: await (await get('/api/trust')).json(),
      log: logOver(get),
      remembered: rememberedHead(),
      pinnedKey: null,
      now: readersClock.now(),
    })
    if (verdict.head !== null) rememberHead(verdict.head)
    show(verdict, region)
  } finally {
    pressed.disabled = false
    pressed.textContent = caption
  }
}

async function get(path: string): Promise<Response> {
  const response = await fetch(path, { cache: path.endsWith('checkpoint') ? 'no-store' : 'default' })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return response
}

function show(verdict: TrustVerdict, region: HTMLElement): void {
  const log = verdict.log.map(({ words: said }) => said[locale])
  say(region, verdict.outcome, [
    verdict.whole[locale],
    ...log.filter((line) => !verdict.whole[locale].includes(line)),
  ])
  for (const finding of verdict.controls) showFinding(finding)
}

function showFinding({ control, code, words: said }: ControlFinding): void {
  const place = document.querySelector<HTMLElement>(`[data-finding="${CSS.escape(control)}"]`)
  if (place === null) return
  place.hidden = false
  place.className = `finding ${code === 'proven' || code === 'moved-on' ? code : 'wrong'}`
  place.dataset.code = code
  place.textContent = said[locale]
}

function say(region: HTMLElement, outcome: TrustVerdict['outcome'], lines: readonly string[]): void {
  region.hidden = false
  region.className = outcome
  region.replaceChildren(
    ...lines.map((line) => {
      const paragraph = document.createElement('p')
      paragraph.textContent = line
      return paragraph
    }),
  )
  region.focus()
}
