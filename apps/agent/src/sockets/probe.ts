import { converse, type Peer } from './conversation.ts'
import { understandGreeting } from './greeting.ts'
import type { Speaks } from './heard.ts'
import {
  amqp,
  dns,
  http,
  memcached,
  mqtt,
  postgresql,
  type Question,
  rdp,
  redis,
  rsh,
  tls,
} from './questions.ts'

/** Ports whose servers speak first, some of them only after a look-up: they are given more time at once. */
const speakFirst = new Set([21, 22, 23, 25, 110, 143, 587, 3306, 5900, 5901])
/** Raw printing (AppSocket): whatever is said comes out on paper. */
const printers: ReadonlySet<number> = new Set(Array.from({ length: 8 }, (_, at) => 9100 + at))
const usual = 1200
const patient = 5000

/**
 * What a TCP server of this host speaks, by listening to it and then by asking the first thing each protocol's client
 * would. Nothing that is sent logs in, changes a setting or stores anything. Null when it must not be spoken to, or
 * nobody answers.
 *
 * The order matters: PostgreSQL also answers a TLS client, Redis takes an HTTP request for an attack, and a web server
 * answers HTTP on its TLS port. Who answered nothing may be slow to greet, and is listened to again for longer.
 */
export async function probe(peer: Peer, program: string | null): Promise<Speaks | null> {
  if (printers.has(peer.port)) return null
  const wait = speakFirst.has(peer.port) ? patient : usual
  const greeted = await greetingOf(peer, wait)
  if (greeted !== 'silent') return greeted
  for (const question of questionsFor(peer, program)) {
    const speaks = await question(peer)
    if (speaks !== null) return speaks
  }
  if (isRsh(program)) return 'rsh'
  const late = wait < patient ? await greetingOf(peer, patient) : 'silent'
  return late === 'silent' ? 'unidentified' : late
}

/** What the server turns out to be by what it says first; null when nobody answers. */
function greetingOf(peer: Peer, wait: number): Promise<Speaks | 'silent' | null> {
  return converse(peer, async (talk) => {
    const greeting = await talk.hear(wait)
    if (greeting.length === 0) return 'silent'
    return (await understandGreeting(greeting, talk)) ?? 'unidentified'
  })
}

function questionsFor({ port }: Peer, program: string | null): readonly Question[] {
  const all: readonly Question[] = [postgresql, redis, tls, rdp, http, memcached, amqp, mqtt, dns]
  return (port >= 512 && port <= 514) || isRsh(program) ? [rsh, ...all] : all
}

function isRsh(program: string | null): boolean {
  return /^(in\.)?(rsh|rlogin|rexec)d$/.test(program ?? '')
}
