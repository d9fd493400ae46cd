/** A connection as `sshd -T -C` is told of it. */
export type Connection = {
  readonly addr: string
  readonly host: string
  readonly laddr: string
  readonly lport: string
}

/** What Match blocks make settings depend on. */
export type Matches = {
  /** Whether any block asks who it is: then every account is asked for. */
  readonly byAccount: boolean
  /** A connection from anywhere, and one that meets each block's criteria. */
  readonly connections: readonly Connection[]
}

/** Documentation addresses (RFC 5737): from outside, and no block's own. */
const fromAnywhere: Connection = { addr: '192.0.2.1', host: '192.0.2.1', laddr: '192.0.2.2', lport: '22' }

/** Reads the Match lines of configuration texts; everything else is for sshd itself to read. */
export function matchesIn(texts: readonly string[]): Matches {
  const blocks = texts.flatMap((text) => text.split('\n').flatMap(criteriaOf))
  const connections = blocks.map(meeting)
  const unique = new Map([fromAnywhere, ...connections].map((one) => [JSON.stringify(one), one]))
  return {
    byAccount: blocks.some((block) => block.some(([name]) => accountCriteria.has(name))),
    connections: [...unique.values()],
  }
}

const accountCriteria = new Set(['user', 'group', 'invalid-user'])
type Criterion = readonly [name: string, pattern: string]

function criteriaOf(line: string): (readonly Criterion[])[] {
  const found = /^\s*match[\s=]+(.*)$/i.exec(line)
  if (found?.[1] === undefined) return []
  const words = wordsOf(found[1])
  const criteria: Criterion[] = []
  while (words.length > 0) {
    const [name = '', joined] = (words.shift() ?? '').toLowerCase().split('=', 2)
    if (name === 'all' || name === 'invalid-user') criteria.push([name, ''])
    else criteria.push([name, joined ?? words.shift() ?? ''])
  }
  return [criteria]
}

/** A connection from anywhere, but for what the block asks of it. */
function meeting(block: readonly Criterion[]): Connection {
  const asked = new Map(block)
  const example = (name: string, otherwise: string) => {
    const pattern = asked.get(name)
    return pattern === undefined ? otherwise : exampleOf(pattern)
  }
  const addr = example('address', fromAnywhere.addr)
  const lport = example('localport', fromAnywhere.lport)
  return {
    addr,
    host: example('host', addr),
    laddr: example('localaddress', fromAnywhere.laddr),
    lport: /^\d{1,5}$/.test(lport) ? lport : fromAnywhere.lport,
  }
}

/** Something that the first pattern of a list that is not negated matches. */
function exampleOf(patterns: string): string {
  const pattern = patterns.split(',').find((one) => !one.startsWith('!')) ?? ''
  const [base = ''] = pattern.split('/')
  const example = base
    .replace(/\*/g, base.includes(':') || /[a-z]/i.test(base) ? 'a' : '1')
    .replace(/\?/g, '1')
  return /^[0-9A-Za-z.:_-]+$/.test(example) ? example : fromAnywhere.addr
}

/** Words of an sshd_config(5) line up to a comment, quotes removed. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const [, quoted, bare, comment] of text.matchAll(/"([^"]*)"|([^\s"#][^\s"]*)|(#.*)/g)) {
    if (comment !== undefined) break
    words.push(quoted ?? bare ?? '')
  }
  return words
}

/** Files that Include lines name, as written; relative names are below /etc/ssh. */
export function includesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\s*include[\s=]+(.*)$/i.exec(line)
    return found?.[1] === undefined
      ? []
      : wordsOf(found[1]).map((path) => (path.startsWith('/') ? path : `/etc/ssh/${path}`))
  })
}
