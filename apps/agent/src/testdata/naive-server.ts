import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { digestOfFacts, vocabulary } from '@hevd/facts'
import type { Answer, Report } from '../report.ts'
import { atEnd } from './at-end.ts'
import { portOf } from './speakers.ts'

type Stored = { readonly type: string; readonly key: string; readonly scope: string; readonly value: unknown }
type Feed = { sequence: number; readonly facts: Map<string, Stored> }

/** How the server is at the moment. `loses-answers` takes what it is sent and hangs up before it has said so. */
export type Mood = 'well' | 'down' | 'loses-answers' | 'broken' | 'refuses' | 'not-taken'

/**
 * A server that keeps what agents say by the simplest reading of the contract, over real HTTP on loopback. It checks
 * the digest of the whole after every report.
 */
export type NaiveServer = {
  readonly url: string
  mood: Mood
  token: string
  /** Every report that came, taken or not, in order. */
  readonly came: Report[]
  /** Answers other than `taken`. */
  readonly complaints: string[]
  /** Values that a collector's feed has now, by type and key. */
  factsOf(collector: string): ReadonlyMap<string, unknown>
  /** Forgets a feed, as an older copy of its database would have. */
  forget(collector: string): void
}

export async function naiveServer(): Promise<NaiveServer> {
  const feeds = new Map<string, Feed>()
  const http = createServer((request, response) => {
    void answer(request, response)
  })
  await new Promise<void>((ready) => http.listen(0, '127.0.0.1', ready))
  atEnd(() => {
    http.closeAllConnections()
    http.close()
  })
  const server: NaiveServer = {
    url: `http://127.0.0.1:${portOf(http.address())}`,
    mood: 'well',
    token: 'token-1',
    came: [],
    complaints: [],
    factsOf: (collector) =>
      new Map([...(feeds.get(collector)?.facts ?? [])].map(([name, { value }]) => [name, value])),
    forget: (collector) => feeds.delete(collector),
  }
  return server

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    if (server.mood === 'down') return void request.socket.destroy()
    const status = statusOf(request, server)
    if (status !== 200) return void response.writeHead(status).end('{}')
    const { reports }: { reports: Report[] } = JSON.parse(text)
    const answers = reports.map((report): Answer => {
      server.came.push(report)
      const state = server.mood === 'refuses' ? 'refused' : take(feeds, report)
      if (state !== 'taken') server.complaints.push(`${report.collector} ${report.sequence} ${state}`)
      return { collector: report.collector, state, why: state === 'taken' ? '' : 'said so' }
    })
    if (server.mood === 'loses-answers') return void request.socket.destroy()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ answers }))
  }
}

function statusOf(request: IncomingMessage, { mood, token }: NaiveServer): number {
  if (request.url !== '/api/agent/reports' || request.method !== 'POST') return 404
  if (request.headers.authorization !== `Bearer ${token}`) return 401
  return mood === 'broken' ? 503 : mood === 'not-taken' ? 413 : 200
}

function take(feeds: Map<string, Feed>, report: Report): Answer['state'] {
  const known = feeds.get(report.collector)
  if (report.kind === 'difference' && known === undefined) return 'wants-full'
  if (report.kind === 'difference' && known !== undefined && report.sequence <= known.sequence) return 'taken'
  if (report.kind === 'difference' && report.sequence !== (known?.sequence ?? 0) + 1) return 'wants-full'
  const facts = new Map(report.kind === 'full' ? [] : known?.facts)
  for (const { type, key } of report.gone) facts.delete(`${type}|${key}`)
  for (const { type, value } of report.put) {
    const declared = vocabulary.get(type)
    if (declared === undefined) return 'refused'
    const key = declared.key(value)
    facts.set(`${type}|${key}`, { type, key, scope: declared.scope(value), value })
  }
  if (digestOfFacts(facts.values()) !== report.digest) return 'wants-full'
  feeds.set(report.collector, { sequence: report.sequence, facts })
  return 'taken'
}
