import { readdirSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { joinServer } from './join.ts'

cleansUpBy(onTestFinished)

test('the home of a server is not taken over by the agent of another one', async () => {
  const folder = folderWith()
  writeFileSync(folder.at('token'), 'of the agent beside the server')
  const joining = joinServer({
    folder: folder.path,
    server: 'https://127.0.0.1:1',
    token: 'hevd_join_x',
    signal: AbortSignal.abort(),
  })
  await expect(joining).rejects.toMatchObject({
    code: 'server-here',
    words: { nb: expect.stringContaining('HEVD_HOME'), en: expect.stringContaining('HEVD_HOME') },
  })
  expect(readdirSync(folder.path)).toEqual(['token'])
})
