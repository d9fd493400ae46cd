import { expect, onTestFinished, test } from 'vitest'
import type { CollectedOnce } from '../collect-once.ts'
import { cleansUpBy } from '../testdata/at-end.ts'
import { realPostgres } from '../testdata/real-postgres.ts'
import { collectHere } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const tlsOn = 'internal-transfers-encrypted/tls-on'
const demandTls = 'internal-transfers-encrypted/rules-demand-tls'
const owned = 'unique-accounts/database-role-one-owner'
const look = (ordinary = false): Promise<CollectedOnce> => collectHere({ collectors: ['postgres'], ordinary })

test('a server on the network without TLS, and lines that let plain connections in', async () => {
  const postgres = await realPostgres({
    ssl: false,
    addresses: '*',
    hba: [
      'local all all peer',
      'host all all 127.0.0.1/32 scram-sha-256',
      'host all all ::1/128 scram-sha-256',
      'hostssl all all 10.0.0.0/8 scram-sha-256',
      'host all all 10.0.0.0/8 scram-sha-256',
      'hostnossl all all 0.0.0.0/0 reject',
      'host all all 0.0.0.0/0 scram-sha-256',
    ],
  })
  await postgres.sql(`CREATE ROLE "kari" LOGIN; CREATE ROLE "readers" NOLOGIN`)
  const id = `h1/${postgres.port}`
  const seen = await look()
  expect(judge(seen, tlsOn)[id]).toMatchObject(verdict('fails', 'tls-off', { addresses: ['*'] }))
  expect(judge(seen, demandTls)[id]).toMatchObject(verdict('fails', 'rule-allows-plain', { lines: [5] }))
  const roles = judge(seen, owned, { owners: { [`${id}/postgres`]: 'p1' } })
  expect(roles[`${id}/kari`]).toMatchObject(verdict('fails', 'owner-missing'))
  expect(roles[`${id}/postgres`]).toMatchObject(verdict('holds'))
  expect(roles[`${id}/readers`]).toBeUndefined()
})

test('a server with TLS, whose plain lines are for loopback alone, and one that is on loopback alone', async () => {
  const postgres = await realPostgres({
    ssl: true,
    addresses: '*',
    hba: [
      'local all all peer',
      'host all all 127.0.0.1/32 scram-sha-256',
      'hostssl all all 0.0.0.0/0 scram-sha-256',
    ],
  })
  const quiet = await realPostgres({ ssl: false })
  const [id, other] = [`h1/${postgres.port}`, `h1/${quiet.port}`]
  const seen = await look()
  expect(judge(seen, tlsOn)).toMatchObject({ [id]: verdict('holds'), [other]: verdict('holds') })
  expect(judge(seen, demandTls)).toMatchObject({ [id]: verdict('holds'), [other]: verdict('holds') })
})
