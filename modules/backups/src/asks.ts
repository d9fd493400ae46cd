import { endOfDate, milliseconds } from '@hevd/core'
import type { Ask } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { type BackupsContext, today, zoneOf } from './context.ts'
import { readerState } from './domain/reader-rules.ts'
import { allHolders } from './store/holders.ts'
import { recipientsSeen } from './store/seen.ts'

/**
 * What readers of backups wait for: to be approved, and those whose last day is near while there is something they can read.
 * That a drill is due is asked by the control itself. Names nobody.
 */
export async function backupsAsks(
  context: BackupsContext,
  tx: Tx,
  organisation: string,
): Promise<readonly Ask[]> {
  const day = await today(context, tx, organisation)
  const zone = await zoneOf(tx, organisation)
  const rows = await allHolders(tx, organisation)
  const inUse = new Set((await recipientsSeen(tx, organisation)).map(({ recipient }) => recipient))
  const waiting = rows.filter((row) => readerState(row, day) === 'asked')
  const now = context.clock.now()
  const soon = now + milliseconds(context.config.endsWithin)
  const ends = rows.flatMap((row) =>
    readerState(row, day) === 'in-force' && inUse.has(row.recipient) ? [endOfDate(row.until, zone)] : [],
  )
  const near = ends.filter((at) => at <= soon)
  const administrators = await context.administrators(organisation)
  const to = '/backups/readers'
  const asks: Ask[] = []
  if (waiting.length > 0)
    asks.push({
      ...{ id: 'backup-readers', kind: 'backup-readers', ...waitingWords(waiting.length), to, urgent: false },
      ...{ since: Math.min(...waiting.map(({ askedAt }) => askedAt)), deadline: null },
      of: ({ id, role }) =>
        role === 'administrator' &&
        (administrators.length === 1 || waiting.some(({ askedBy }) => askedBy !== id)),
    })
  if (near.length > 0)
    asks.push({
      ...{
        id: 'backup-readers-end',
        kind: 'backup-readers-end',
        ...nearWords(near.length),
        to,
        urgent: false,
      },
      ...{ since: null, deadline: Math.min(...near) },
      of: ({ role }) => role === 'administrator',
    })
  return asks
}

type Words = Pick<Ask, 'title' | 'what' | 'action'>

const toReaders = { nb: 'Se leserne', en: 'See the readers' }
const waitingWords = (count: number): Words => ({
  title: {
    nb:
      count === 1
        ? 'En leser av sikkerhetskopier venter på godkjenning'
        : `${count} lesere av sikkerhetskopier venter på godkjenning`,
    en:
      count === 1
        ? 'A reader of backups waits for approval'
        : `${count} readers of backups wait for approval`,
  },
  what: {
    nb: 'Noen skal ha en identitet som åpner sikkerhetskopier. En annen enn den som ba om det, avgjør.',
    en: 'Somebody is to have an identity that opens backups. Another than who asked for it decides.',
  },
  action: toReaders,
})
const nearWords = (count: number): Words => ({
  title: {
    nb:
      count === 1
        ? 'En leser av sikkerhetskopier går ut snart'
        : `${count} lesere av sikkerhetskopier går ut snart`,
    en: count === 1 ? 'A reader of backups ends soon' : `${count} readers of backups end soon`,
  },
  what: {
    nb: 'Forny dem som fortsatt trenger å lese. Ta de andre ut av planene, og krypter på nytt uten dem.',
    en: 'Renew those who still need to read. Take the others out of the plans, and re-encrypt without them.',
  },
  action: toReaders,
})
