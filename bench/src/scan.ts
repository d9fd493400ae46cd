import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isOpen, pacedBy, placesOf, type ScanOptions } from '@hevd/agent/data-scan'
import { contextOf, tallyOf } from '@hevd/scan'
import { throwawayDatabase } from '@hevd/testing'
import pg from 'pg'
import type { Bench, BenchResult } from './bench.ts'

const rows = Number(process.env.HEVD_BENCH_ROWS ?? 10_000_000)
const seconds = Number(process.env.HEVD_BENCH_SECONDS ?? 20)
const rounds = 3
/** As `hevd data scan` rests. */
const restFactor = 3

/**
 * Transactions a second of pgbench (TPC-B-like, two clients) while a table of `HEVD_BENCH_ROWS` rows in the same database
 * is looked through whole. The reference is the same without the scan, in turns.
 */
export const scan: Bench = {
  name: 'scan',
  async run(report): Promise<BenchResult> {
    report(`detectors: ${Math.round(valuesASecond())} values/s of one processor`)
    const target = await throwawayDatabase()
    try {
      report(`making a table of ${rows} rows`)
      await makeTable(target.ownerUrl)
      await pgbench(target.ownerUrl, ['--initialize', '--scale=10', '--quiet'])
      const plain: number[] = []
      const resting: number[] = []
      const restless: number[] = []
      let looked = 0
      for (let round = 0; round < rounds; round += 1) {
        plain.push(await transactions(target.ownerUrl))
        const scanned = await whileScanned(target.ownerUrl, restFactor)
        resting.push(scanned.speed)
        looked = Math.max(looked, scanned.looked)
        restless.push((await whileScanned(target.ownerUrl, 0)).speed)
        const [without = 0, withScan = 0] = [plain.at(-1), resting.at(-1)]
        report(`${round + 1} of ${rounds}: ${withScan.toFixed(0)} of ${without.toFixed(0)} transactions/s`)
      }
      report(`${Math.round(looked / seconds)} rows/s looked through meanwhile`)
      const reference = Math.max(...plain)
      return {
        ours: Math.max(...resting),
        reference,
        unit: 'transactions/s',
        what: `pgbench without the scan; ours is while a table of ${rows} rows is looked through`,
        others: [
          {
            what: 'while it is looked through without rests',
            value: Math.max(...restless),
            ratio: Math.max(...restless) / reference,
          },
        ],
      }
    } finally {
      await target.drop()
    }
  },
}

/** Customers as a shop has them: names, addresses, a note, a time. */
async function makeTable(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create table customer as
    select n as id, 'Kari Nordmann ' || n as name, 'Storgata ' || n % 200 as street, md5(n::text) as etag,
      'called about order ' || n || ' and was answered' as note, now() as at
    from generate_series(1, ${rows}) n`)
  await client.query('vacuum analyze customer')
  await client.end()
}

async function transactions(url: string): Promise<number> {
  const out = await pgbench(url, ['--client=2', `--time=${seconds}`, '--no-vacuum'])
  const tps = /tps = ([\d.]+)/.exec(out)?.[1]
  if (tps === undefined) throw new Error(out)
  return Number(tps)
}

async function whileScanned(
  url: string,
  factor: number,
): Promise<{ readonly speed: number; readonly looked: number }> {
  const stop = new AbortController()
  const scanning = lookThrough(url, factor, stop.signal)
  const speed = await transactions(url)
  stop.abort()
  return { speed, looked: await scanning }
}

/** Looks through the table again and again until it is told to stop; how many rows. */
async function lookThrough(url: string, factor: number, signal: AbortSignal): Promise<number> {
  const options: ScanOptions = {
    full: true,
    signal,
    rest: pacedBy(factor, signal),
    randomBelow: randomInt,
    progress: () => {},
  }
  let looked = 0
  for await (const place of placesOf({ kind: 'postgres', url }))
    while (isOpen(place) && !signal.aborted) looked += (await place.look('public.customer', options)).looked
  return looked
}

async function pgbench(url: string, args: readonly string[]): Promise<string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const [version = ''] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  const child = spawn(join('/usr/lib/postgresql', version, 'bin/pgbench'), args, {
    env: {
      PATH: '/usr/bin:/bin',
      PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
      PGPORT: port === '' ? (searchParams.get('port') ?? '5432') : port,
      PGUSER: decodeURIComponent(username),
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: decodeURIComponent(pathname.slice(1)),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      out += String(chunk)
    })
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(out)
  return out
}

/** What the detectors alone do, over the values of such a table. */
function valuesASecond(): number {
  const values = Array.from({ length: 5000 }, (_, n) => [
    `Kari Nordmann ${n}`,
    `Storgata ${n % 200}`,
    `called about order ${n} and was answered`,
    String(4_000_000_000_000_000 + n * 7919),
  ]).flat()
  const began = performance.now()
  let count = 0
  while (performance.now() - began < 2000) {
    const tally = tallyOf(contextOf('note'))
    for (const value of values) tally.add(value)
    count += values.length
  }
  return (count / (performance.now() - began)) * 1000
}
