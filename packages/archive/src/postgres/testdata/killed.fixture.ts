import { setTimeout as sleep } from 'node:timers/promises'
import { openRepository } from '../../repository/repository.ts'
import type { Target } from '../../target.ts'
import { openTarget } from '../../targets/open-target.ts'
import { archiveWal } from '../archive-wal.ts'
import { backUpPostgres } from '../back-up.ts'
import { restorePostgres } from '../restore.ts'

/*
 * Begins a backup, the archiving of log or a restore, says `middle` when part of a file has gone through, and waits to be
 * killed. Arguments: which of them, and the rest as JSON.
 */

const [work, json = ''] = process.argv.slice(2)
const { path, source, url, recipients, identities, into, at } = JSON.parse(json)

async function stopHere(file: string): Promise<void> {
  if (!file.includes(at)) return
  console.log('middle')
  await sleep(600_000)
}

const folder = await openTarget({ kind: 'folder', path })
const target: Target = {
  ...folder,
  put: (file, content, signal) =>
    folder.put(
      file,
      (async function* () {
        for await (const bytes of content) {
          yield bytes
          await stopHere(file)
        }
      })(),
      signal,
    ),
  async get(file, signal) {
    const content = await folder.get(file, signal)
    if (work === 'restore' && file.includes(at))
      content.once('data', () => content.pause()).once('data', () => stopHere(file))
    return content
  },
}
const repository = await openRepository(target)
if (work === 'backup') await backUpPostgres({ repository, source, url, recipients, host: 'h', now: Date.now })
if (work === 'archive')
  await archiveWal({ repository, source, url, recipients, signal: new AbortController().signal })
if (work === 'restore') await restorePostgres({ repository, source, identities, into, until: 'latest' })
