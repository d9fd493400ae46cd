import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testClock } from '@hevd/testing'
import { afterAll, expect, test } from 'vitest'
import { rootContext } from '../domain/root-key.ts'
import { sealsDefaults } from './config.ts'
import { sealBy, type Wrapper } from './envelope.ts'
import { createSealing } from './index.ts'
import { awsCredentials, awsKey, awsKmsStandIn } from './testdata/aws-kms-stand-in.ts'

const clock = testClock('2026-03-02T09:00:00Z')
const context = rootContext('0199a4c2-0000-7000-8000-000000000001')
const folder = mkdtempSync(join(tmpdir(), 'hevd-reseal-'))
const aws = await awsKmsStandIn(clock.now)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await aws.close()
})

test('the same root key goes from a file to a key service (stand-in), to custodians, and back', async () => {
  const sealing = createSealing(
    {
      ...sealsDefaults,
      home: join(folder, 'home'),
      file: join(folder, 'etc', 'seal.key'),
      awsKms: { key: awsKey, region: 'eu-north-1', endpoint: aws.origin, credentials: awsCredentials },
    },
    clock,
  )
  expect([...sealing.seals.keys()]).toEqual(['file', 'aws-kms'])
  const [file, kms] = [sealing.seals.get('file'), sealing.seals.get('aws-kms')]
  if (file === undefined || kms === undefined) throw new Error('A seal is not set up')
  const rootKey = randomBytes(32)
  const byFile = await file.wrap(rootKey, context)
  const byService = await kms.wrap(await file.unwrap(byFile, context), context)
  const plan = { threshold: 2, custodians: ['ane', 'bo'] }
  const sharing = await sealing.shares.wrap(await kms.unwrap(byService, context), context, plan)
  const ceremony = sealing.shares.ceremony()
  const give = (custodian: string) =>
    ceremony.offer(sharing.sealed, context, { custodian, share: sharing.take(custodian), now: clock.now() })
  await give('ane')
  const opened = await give('bo')
  expect(opened).toEqual(rootKey)
  const again = await file.wrap(opened ?? Buffer.alloc(0), context)
  expect(await file.unwrap(again, context)).toEqual(rootKey)
  await expect(kms.unwrap(byFile, context)).rejects.toMatchObject({ code: 'sealed-root-not-readable' })
})

test('a seal that does not give back what it was given seals nothing', async () => {
  const forgetful: Wrapper = {
    kind: 'transit',
    wrap: async () => ({}),
    unwrap: async () => randomBytes(32),
  }
  await expect(sealBy(forgetful).wrap(randomBytes(32), context)).rejects.toMatchObject({
    code: 'seal-does-not-open',
  })
})
