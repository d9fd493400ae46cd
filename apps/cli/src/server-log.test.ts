import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serverLog } from './server-log.ts'

test('the server’s log goes on in a new file before it is too long, and every line of it is whole', () => {
  const home = mkdtempSync(join(tmpdir(), 'hevd-log-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const log = serverLog({ home, logLevel: 'info' })
  const filling = 'x'.repeat(9_900)
  for (let number = 0; number < 1_100; number += 1) log.info({ number, filling }, 'looked')
  const folder = join(home, 'log')
  expect(readdirSync(folder).sort()).toEqual(['hevd.log', 'hevd.log.1'])
  const numbers = ['hevd.log.1', 'hevd.log'].flatMap((name) => {
    expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(10_000_000)
    const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line).number)
  })
  expect(numbers).toEqual(Array.from({ length: 1_100 }, (_, number) => number))
})
