import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@hevd/server/config'
import pg from 'pg'
import { environment } from '../config.ts'
import type { BackupsRun } from './backups-run.ts'

type Act = (run: BackupsRun) => Promise<number>

/** Commands as the command line runs them in a home, and what they write. */
export function commandsIn(home: string) {
  async function said(act: Act, json = false) {
    const lines: string[] = []
    const write = (line: string) => lines.push(line)
    const terminal = { columns: 80, colour: false, write, progress: () => {} }
    const config = readConfig({ ...environment, HEVD_HOME: home, HEVD_POSTGRES: 'system' }, true)
    const code = await act({ config, json, locale: 'en', terminal, signal: new AbortController().signal })
    return { code, lines, text: lines.join('\n') }
  }
  async function json(act: Act) {
    const { code, text } = await said(act, true)
    return { code, value: JSON.parse(text) }
  }
  return { said, json }
}

export async function sqlAt(url: string, query: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(query).finally(() => client.end())
}

export const guide = readFileSync(new URL('README.md', import.meta.url), 'utf8')

/** The guide's blocks in a language. */
export const blocks = (language: string): string[] =>
  [...guide.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, of, text = '']) =>
    of === language ? [text] : [],
  )

/** Runs the commands of the guide that name something, in a folder of their own below `place`. */
export function byHand(place: string, naming: string, variables: Record<string, string>) {
  const cwd = mkdtempSync(join(place, 'shell-'))
  const script = blocks('sh').find((block) => block.includes(naming)) ?? 'exit 9'
  const env = { PATH: environment.PATH, ...variables }
  const ran = spawnSync('sh', ['-euc', script], { cwd, env, encoding: 'utf8' })
  if (ran.status !== 0 || ran.stderr !== '') throw new Error(`${ran.status}: ${ran.stderr}`)
  return ran
}
