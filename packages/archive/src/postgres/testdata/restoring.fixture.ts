import { writeSync } from 'node:fs'
import { openRepository } from '../../repository/repository.ts'
import { openTarget } from '../../targets/open-target.ts'
import { restorePostgres } from '../restore.ts'

/** Restores onto a disk whose power is cut. Says each step once, and `restored` when it is done; stands still at one of them. */
const [path = '', into = '', identity = '', stopAt = ''] = process.argv.slice(2)
const said = new Set<string>()
const say = (word: string) => {
  if (!said.has(word)) writeSync(1, `${word}\n`)
  said.add(word)
  if (word === stopAt) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
await restorePostgres({
  repository: await openRepository(await openTarget({ kind: 'folder', path }, { now: Date.now }, 'look')),
  source: 'shop',
  identities: [identity],
  into,
  until: 'latest',
  progress: say,
})
say('restored')
setInterval(() => {}, 1000)
