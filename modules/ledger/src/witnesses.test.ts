import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseNote, parseVerifierKey, verifyNote } from '@hevd/tlog'
import { createWitness } from '@hevd/witness'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ledger, verifyLedger, type WitnessConfig } from './index.ts'
import { type Ground, ground, upTo } from './testdata/log-in-database.ts'

let on: Ground
let folder: string
beforeAll(async () => {
  on = await ground()
  folder = mkdtempSync(join(tmpdir(), 'hevd-witness-'))
})
afterAll(async () => {
  await on.end()
  rmSync(folder, { recursive: true })
})

const name = 'witness.example/w1'
async function until(what: () => Promise<boolean>): Promise<void> {
  for (let look = 0; !(await what()); look += 1) {
    if (look > 600) throw new Error('It did not come to it')
    await sleep(50)
  }
}
async function witnessOf(ledger: Ledger, organisation: string, port = 0) {
  const { origin, verifierKey } = await ledger.state(organisation, 'public')
  const logs = [{ origin, verifierKeys: [verifierKey] }]
  const witness = await createWitness({ folder, name, logs, clock: on.clock })
  const { url } = await witness.listen({ host: '127.0.0.1', port })
  const config: WitnessConfig = { name, url, verifierKey: witness.verifierKey }
  return { witness, config }
}
const cosignedBy = async (ledger: Ledger, organisation: string, config: WitnessConfig) => {
  const { checkpoint, size } = await ledger.state(organisation, 'public')
  const { signers } = await verifyNote(checkpoint ?? '', [await parseVerifierKey(config.verifierKey)])
  return { size, witnesses: signers.map(({ key }) => key.name) }
}

test('a witness signs what it saw grow; while it is down the log goes on, and it catches up', async () => {
  const organisation = await on.organisation()
  const first = on.ledger()
  await first.open(organisation)
  const { witness, config } = await witnessOf(first, organisation)
  const down: WitnessConfig = { ...config, name: 'witness.example/down', url: 'http://127.0.0.1:9' }
  const ledger = on.ledger({ config: { witnesses: [down, config], look: 'PT0.02S', coalesce: 'PT0.01S' } })
  await ledger.open(organisation)
  await ledger.start()
  const seen = async (size: number) =>
    (await ledger.state(organisation, 'public')).witnesses.some(
      (one) => one.name === name && one.size === size,
    )

  await on.append(ledger, organisation, 'public', upTo(3))
  await until(() => seen(3))
  expect(await cosignedBy(ledger, organisation, config)).toEqual({ size: 3, witnesses: [name] })
  expect(parseNote((await ledger.state(organisation, 'public')).checkpoint ?? '').signatures).toHaveLength(2)

  await witness.close()
  await on.append(ledger, organisation, 'public', upTo(300, 3))
  await until(async () => (await ledger.state(organisation, 'public')).size === 303)
  await on.append(ledger, organisation, 'public', upTo(5, 303))
  await until(async () => (await ledger.state(organisation, 'public')).size === 308)
  const again = await witnessOf(ledger, organisation, Number(new URL(config.url).port))
  await until(() => seen(308))
  expect(await cosignedBy(ledger, organisation, config)).toEqual({ size: 308, witnesses: [name] })
  expect((await ledger.state(organisation, 'public')).witnesses).toHaveLength(1)
  await ledger.stop()
  expect(
    await verifyLedger({ db: on.target.db, home: on.home, witnesses: [config] }, organisation),
  ).toMatchObject({ kind: 'sound', logs: [{ cosignatures: 0 }, { cosignatures: 2 }] })

  await on.admin.query('delete from ledger.cosignature where organisation = $1', [organisation])
  const forgetful = on.ledger({ config: { witnesses: [config], look: 'PT0.02S' } })
  await forgetful.open(organisation)
  await forgetful.start()
  await on.append(forgetful, organisation, 'public', [308])
  await until(async () => (await forgetful.state(organisation, 'public')).witnesses[0]?.size === 309)
  await forgetful.stop()
  await again.witness.close()
})

test('a signature by another key than the configured one is not taken', async () => {
  rmSync(folder, { recursive: true })
  const organisation = await on.organisation()
  const first = on.ledger()
  await first.open(organisation)
  const { witness, config } = await witnessOf(first, organisation)
  const warned: unknown[] = []
  const logger = { info: () => {}, error: () => {}, warn: (fields: object) => warned.push(fields) }
  const other = {
    ...config,
    verifierKey: 'witness.example/other+7a9d7dfa+BAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB',
  }
  const ledger = on.ledger({ logger, config: { witnesses: [other], look: 'PT0.02S' } })
  await ledger.open(organisation)
  await ledger.start()
  await on.append(ledger, organisation, 'public', upTo(3))
  await until(async () => warned.length > 0)
  await ledger.stop()
  expect((await ledger.state(organisation, 'public')).witnesses).toEqual([])
  await witness.close()
})
