import { type PublicKey, parsePublicKey } from './public-key.ts'

/** A key that a line of authorized_keys(5) lets in. */
export type AuthorizedKey = PublicKey & {
  readonly line: number
  readonly certificateAuthority: boolean
  /** Names of the options, in small letters, without their values. */
  readonly options: readonly string[]
}

/** Options without a value, and those that must have one, of sshd(8). A line with another one is refused whole. */
const switches = new Set(
  ['agent-forwarding', 'port-forwarding', 'pty', 'user-rc', 'x11-forwarding'].flatMap((name) => [
    name,
    `no-${name}`,
  ]),
)
for (const name of ['cert-authority', 'restrict', 'no-touch-required', 'verify-required', 'touch-required'])
  switches.add(name)
const valued = new Set([
  'command',
  'environment',
  'expiry-time',
  'from',
  'permitlisten',
  'permitopen',
  'principals',
  'tunnel',
])

/** The keys of a file, as sshd reads it: a line that it would skip gives none. `now` in milliseconds ends expired ones. */
export function parseAuthorizedKeys(text: string, now: number): AuthorizedKey[] {
  return text.split('\n').flatMap((line, index) => keyOf(line, now, index + 1) ?? [])
}

function keyOf(line: string, now: number, number: number): AuthorizedKey | null {
  const rest = line.replace(/\r$/, '').replace(/^[ \t]+/, '')
  if (rest === '' || rest.startsWith('#')) return null
  const plain = publicKeyAt(rest)
  if (plain !== null) return { ...plain, line: number, certificateAuthority: false, options: [] }
  const end = endOfOptions(rest)
  const options = parseOptions(rest.slice(0, end))
  const key = publicKeyAt(rest.slice(end).replace(/^[ \t]+/, ''))
  if (key === null || options === null || isOver(options.get('expiry-time'), now)) return null
  return {
    ...key,
    line: number,
    certificateAuthority: options.has('cert-authority'),
    options: [...options.keys()].filter((name) => name !== 'cert-authority').sort(),
  }
}

function publicKeyAt(text: string): PublicKey | null {
  const found = /^(\S+)[ \t]+(\S+)/.exec(text)
  return found?.[1] === undefined ? null : parsePublicKey(found[1], found[2] ?? '')
}

/** Options end at the first space or tab outside quotes; `\"` inside them is a character. */
function endOfOptions(text: string): number {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (!quoted && (char === ' ' || char === '\t')) return at
    if (char === '\\' && text[at + 1] === '"') at += 1
    else if (char === '"') quoted = !quoted
  }
  return text.length
}

/** Options by name; null when sshd would refuse the line. */
function parseOptions(text: string): ReadonlyMap<string, string> | null {
  const options = new Map<string, string>()
  const pattern = /([A-Za-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?(,|$)/y
  while (pattern.lastIndex < text.length) {
    const [, name, value, comma] = pattern.exec(text) ?? []
    if (name === undefined || (comma === ',' && pattern.lastIndex >= text.length)) return null
    const option = name.toLowerCase()
    if (value === undefined ? !switches.has(option) : !valued.has(option)) return null
    options.set(option, value ?? '')
  }
  return options
}

/** `YYYYMMDD[HHMM[SS]]`, by the host's own time zone unless a `Z` follows. A time in another form refuses the line. */
function isOver(expiry: string | undefined, now: number): boolean {
  if (expiry === undefined) return false
  const found = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z?)$/i.exec(expiry)
  if (found === null) return true
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const end =
    found[7] === ''
      ? new Date(year, month - 1, day, hour, minute, second).getTime()
      : Date.UTC(year, month - 1, day, hour, minute, second)
  return end <= now
}
