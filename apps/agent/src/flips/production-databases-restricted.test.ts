import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { realPostgres } from '../testdata/real-postgres.ts'
import { collectHere } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const granted = 'production-databases-restricted/privilege-granted'

describe('a privileged role on a real server', () => {
  test('is found by attribute, by predefined role and through groups, and not where nobody can come in', async () => {
    const postgres = await realPostgres({
      ssl: false,
      hba: [
        'local all all peer',
        'host all barred 127.0.0.1/32 reject',
        'host all all 127.0.0.1/32 scram-sha-256',
      ],
    })
    await postgres.sql(`
      CREATE ROLE admins NOLOGIN SUPERUSER;
      CREATE ROLE ops NOLOGIN IN ROLE admins;
      CREATE ROLE kari LOGIN PASSWORD 'x' IN ROLE ops;
      CREATE ROLE reader LOGIN PASSWORD 'x' IN ROLE pg_read_all_data;
      CREATE ROLE watcher LOGIN PASSWORD 'x' IN ROLE pg_monitor;
      CREATE ROLE plain LOGIN PASSWORD 'x'`)
    const server = `h1/${postgres.port}`
    const names = ['kari', 'reader', 'watcher', 'plain', 'postgres']
    const owners = Object.fromEntries(names.map((name) => [`${server}/${name}`, 'p1']))
    const seen = await collectHere({ collectors: ['postgres'] })
    const judged = judge(seen, granted, { owners })
    const missing = (...held: string[]) => verdict('fails', 'grant-missing', { held })
    expect(judged[`${server}/kari`]).toMatchObject(missing('superuser (ops → admins)'))
    expect(judged[`${server}/reader`]).toMatchObject(missing('pg_read_all_data'))
    expect(judged[`${server}/postgres`]).toMatchObject(missing('superuser'))
    for (const name of ['watcher', 'plain', 'admins', 'ops'])
      expect(judged[`${server}/${name}`]).toBeUndefined()

    const access = { kind: 'postgres', server, privilege: 'ops' } as const
    const after = judge(seen, granted, { owners, granted: [access] })
    expect(after[`${server}/kari`]).toMatchObject(verdict('holds', 'granted', { grants: ['g0'] }))
    expect(after[`${server}/reader`]).toMatchObject({ verdict: 'fails' })
  })

  test('goes out when its log-in, its password or its line does', async () => {
    const postgres = await realPostgres({
      ssl: false,
      hba: [
        'local all postgres peer',
        'local all all reject',
        'host all barred 127.0.0.1/32 reject',
        'host all all 127.0.0.1/32 scram-sha-256',
      ],
    })
    await postgres.sql(`
      CREATE ROLE locked NOLOGIN SUPERUSER PASSWORD 'x';
      CREATE ROLE bare LOGIN SUPERUSER;
      CREATE ROLE expired LOGIN SUPERUSER PASSWORD 'x' VALID UNTIL '2020-01-01';
      CREATE ROLE barred LOGIN SUPERUSER PASSWORD 'x';
      CREATE ROLE free LOGIN SUPERUSER PASSWORD 'x'`)
    const server = `h1/${postgres.port}`
    const names = ['locked', 'bare', 'expired', 'barred', 'free']
    const owners = Object.fromEntries(names.map((name) => [`${server}/${name}`, 'p1']))
    const judged = judge(await collectHere({ collectors: ['postgres'] }), granted, { owners })
    for (const name of ['locked', 'bare', 'expired', 'barred'])
      expect(judged[`${server}/${name}`], name).toBeUndefined()
    expect(judged[`${server}/free`]).toMatchObject({ verdict: 'fails' })

    await postgres.sql(`ALTER ROLE bare PASSWORD 'x'; ALTER ROLE locked LOGIN; ALTER ROLE free NOLOGIN`)
    const flipped = judge(await collectHere({ collectors: ['postgres'] }), granted, { owners })
    expect(flipped[`${server}/bare`]).toMatchObject({ verdict: 'fails' })
    expect(flipped[`${server}/locked`]).toMatchObject({ verdict: 'fails' })
    expect(flipped[`${server}/free`]).toBeUndefined()
  })
})
