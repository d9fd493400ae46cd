import { describe, expect, test } from 'vitest'
import { type PlanOptions, planOf, targetOf } from './new-plan.ts'

const times = { full: 'P7D', keepWithin: 'P30D', keepAtLeast: 'P30D' }
const typed = async () => 'postgresql://backup:secret@db.example.org/postgres\n'
const plan = (options: Partial<PlanOptions>) => planOf({ ...times, ...options }, 'main', typed)

describe('the plan of options', () => {
  test.each([
    ['Hevd’s own database', { postgres: 'own' }, 'hevd', { postgres: 'own' }, 'PT5M'],
    [
      'a server, by its host',
      { postgres: 'postgresql://db.example.org/postgres' },
      'db-example-org',
      { postgres: 'postgresql://db.example.org/postgres' },
      'PT5M',
    ],
    [
      'a folder, by its name',
      { folder: '/srv/Shared Files/' },
      'shared-files',
      { folder: '/srv/Shared Files' },
      'P1D',
    ],
    ['the root', { folder: '/' }, 'files', { folder: '/' }, 'P1D'],
    [
      'what is left out',
      { folder: '/srv', exclude: ['*.tmp'], name: 'x', incremental: 'PT1H' },
      'x',
      { folder: '/srv', exclude: ['*.tmp'] },
      'PT1H',
    ],
  ])('%s', async (_what, options, name, of, incremental) => {
    expect(await plan(options)).toEqual({
      name,
      of,
      target: 'main',
      full: 'P7D',
      keep: { within: 'P30D' },
      incremental,
    })
  })

  test('an address with a password comes by standard input, never by the command line', async () => {
    const address = 'postgresql://backup:secret@db.example.org/postgres'
    expect(await plan({ postgres: '-' })).toMatchObject({ name: 'db-example-org', of: { postgres: address } })
    await expect(plan({ postgres: address })).rejects.toThrow(/standard input: --postgres -/)
    await expect(plan({ postgres: address })).rejects.not.toThrow(/secret/)
  })

  test('it is either a server or a folder', async () => {
    await expect(plan({})).rejects.toThrow(/either --postgres or --folder/)
    await expect(plan({ postgres: 'own', folder: '/srv' })).rejects.toThrow(/either/)
  })
})

describe('the target of options', () => {
  const store = {
    endpoint: 'https://s3.example.org',
    region: 'eu-north-1',
    credentials: '/root/.aws/credentials',
  }
  test.each([
    ['a folder', { to: '/mnt/backups/' }, { kind: 'folder', path: '/mnt/backups' }],
    [
      'a server of SSH',
      { to: 'sftp://hevd@host.example.org:2222/srv/backups', hostKey: 'SHA256:x', keyFile: '/root/id' },
      {
        kind: 'sftp',
        host: 'host.example.org',
        port: 2222,
        user: 'hevd',
        path: '/srv/backups',
        hostKey: 'SHA256:x',
        keyFile: '/root/id',
      },
    ],
    [
      'a bucket',
      { to: 's3://bucket/a/b/', ...store },
      {
        kind: 's3',
        endpoint: store.endpoint,
        region: store.region,
        bucket: 'bucket',
        prefix: 'a/b',
        credentials: { file: store.credentials },
      },
    ],
  ])('%s', (_what, options, target) => expect(targetOf({ ...times, ...options })).toEqual(target))

  test.each([
    [{}, /--to is missing/],
    [{ to: 'backups' }, /“backups” is no target/],
    [{ to: 'sftp://hevd:secret@host/srv' }, /no target/],
    [{ to: 'sftp://hevd@host/srv' }, /--host-key is missing/],
    [{ to: 's3://bucket' }, /--endpoint is missing/],
    [{ to: 's3://bucket', endpoint: 'https://s3.example.org' }, /--region is missing/],
  ])('%o is refused', (options, words) => {
    const refusal = () => targetOf({ ...times, ...options })
    expect(refusal).toThrow(words)
    expect(refusal).not.toThrow(/secret/)
  })
})
