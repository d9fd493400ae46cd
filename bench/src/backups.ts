import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { backUpPostgres, generateKey, initRepository, openTarget } from '@hevd/archive'
import { startCluster } from '@hevd/testing'
import pg from 'pg'
import type { Bench, BenchResult } from './bench.ts'

const rows = Number(process.env.HEVD_BENCH_ROWS ?? 9_000_000)
const rounds = 3
const source = 'shop'

/**
 * Full backups of a server with `HEVD_BENCH_ROWS` rows (a good gigabyte) into a folder, in turns with the pipe that people
 * use: pg_basebackup, zstd and age. Ours counts the rows and archives the log besides; its time is all of that. Once at rest, and
 * once while rows are changed, so that they are counted again.
 */
export const backups: Bench = {
  name: 'backups',
  async run(report): Promise<BenchResult> {
    const cluster = await startCluster()
    const folder = mkdtempSync(join(tmpdir(), 'hevd-bench-backups-'))
    try {
      report(`making a table of ${rows} rows`)
      await makeTable(cluster.ownerUrl)
      const { recipient } = await generateKey()
      const repository = await initRepository(await openTarget({ kind: 'folder', path: folder }), 'P1D')
      const backUp = async (progress: (step: string) => void) => {
        const began = performance.now()
        const { contentBytes, files } = await backUpPostgres({
          ...{
            repository,
            source,
            url: cluster.backupUrl,
            recipients: [recipient],
            host: 'bench',
            now: Date.now,
          },
          progress,
        })
        return { megabytes: contentBytes / 1e6, seconds: (performance.now() - began) / 1000, files }
      }
      const ours: number[] = []
      const changed: number[] = []
      const pipes: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const piped = join(folder, 'piped.tar.zst.age')
        const pipeSeconds = await timed(() => pipe(cluster.backupUrl, recipient, piped))
        const { megabytes, seconds, files } = await backUp(() => {})
        const busy = await whileChanged(cluster.ownerUrl, backUp)
        ours.push(megabytes / seconds)
        changed.push(busy.megabytes / busy.seconds)
        pipes.push(megabytes / pipeSeconds)
        report(
          `${round + 1} of ${rounds}: ${ours.at(-1)?.toFixed(0)} (changed meanwhile ${changed.at(-1)?.toFixed(0)}) to ${pipes.at(-1)?.toFixed(0)} MB/s; ` +
            `${megabytes.toFixed(0)} MB became ${sizeOf(files)} and ${(statSync(piped).size / 1e6).toFixed(0)} MB`,
        )
      }
      const reference = Math.max(...pipes)
      return {
        ours: Math.max(...ours),
        reference,
        unit: 'MB/s',
        what: 'pg_basebackup -Ft -X none | zstd -3 | age of the same server, synced; ours counts all rows and archives the log besides',
        others: [
          {
            what: 'ours of a server on which rows are changed meanwhile: all rows are counted twice',
            value: Math.max(...changed),
            ratio: Math.max(...changed) / reference,
          },
        ],
      }
    } finally {
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const sizeOf = (files: readonly { readonly bytes: number }[]) =>
  (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0)

async function timed(run: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await run()
  return (performance.now() - began) / 1000
}

/** Changes a row while the copying goes on. Throws where that was not noticed. */
async function whileChanged<T>(
  url: string,
  backUp: (progress: (step: string) => void) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let change: Promise<unknown> | null = null
    let counts = 0
    let last = ''
    const made = await backUp((step) => {
      if (step === 'copying') change ??= client.query('update customer set at = now() where id = 1')
      if (step === 'counting' && step !== last) counts += 1
      last = step
    })
    await change
    if (counts !== 2) throw new Error(`the rows were counted ${counts} times`)
    return made
  } finally {
    await client.end()
  }
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

async function pipe(url: string, recipient: string, into: string): Promise<void> {
  const { hostname, port, username, password } = new URL(url)
  const [version = ''] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a))
  const program = join('/usr/lib/postgresql', version, 'bin/pg_basebackup')
  const child = spawn(
    'bash',
    [
      '-c',
      'set -eo pipefail; "$0" -Ft -X none -c fast -D - | zstd -q -3 | age -r "$1" > "$2"; sync "$2"',
      program,
      recipient,
      into,
    ],
    {
      env: {
        PATH: '/usr/bin:/bin',
        PGHOST: decodeURIComponent(hostname),
        PGPORT: port,
        PGUSER: username,
        PGPASSWORD: password,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  const code = await new Promise((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`the pipe ended with ${code}`)
}
