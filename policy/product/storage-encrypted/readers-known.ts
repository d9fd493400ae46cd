import {
  allOf,
  check,
  endOfDate,
  fails,
  holds,
  type Judgement,
  type Moment,
  type Reading,
  startOfDate,
  unseen,
} from '@hevd/core'
import { namedServices, people, recipientHolders, type ValueOf } from '@hevd/facts'
import { backupReaders } from '../../populations.ts'

type Holder = ValueOf<typeof recipientHolders>
type Others = {
  readonly people: Reading<ValueOf<typeof people>>
  readonly services: Reading<ValueOf<typeof namedServices>>
}

/** Of every recipient it is told who has its identity, what for and until when, and somebody else has approved that. */
export const readersKnown = check('storage-encrypted/readers-known', {
  of: backupReaders,
  reads: ({ id }) => ({ holders: recipientHolders.ofRecipient(id) }),
  follow: (_reader, { holders }) => ({
    people: holders.facts.flatMap(({ value: { holder } }) =>
      holder.kind === 'person' ? [people.byKey(holder.id)] : [],
    ),
    services: holders.facts.flatMap(({ value: { holder } }) =>
      holder.kind === 'service' ? [namedServices.byKey(holder.id)] : [],
    ),
  }),
  judge: (_reader, { holders, ...others }, _parameters, moment) => {
    const told = holders.facts.map(({ value }) => value)
    const live = told.filter((one) => isLive(one, moment))
    if (live.length > 0) return allOf(...live.map((one) => isSound(one, others, moment)))
    const [missing] = holders.unseen
    if (missing !== undefined) return unseen(missing)
    const last = told
      .map(({ until }) => until)
      .toSorted()
      .at(-1)
    return last === undefined ? fails('reader-undeclared') : fails('reader-over', { until: last })
  },
})

function isLive({ from, until, endedAt }: Holder, moment: Moment): boolean {
  if (endedAt !== null || moment.passed(endOfDate(until, moment.zone))) return false
  return moment.passed(startOfDate(from, moment.zone))
}

function isSound(told: Holder, others: Others, moment: Moment): Judgement {
  const { holder, until, askedBy, approvedBy, singleApprover } = told
  if (approvedBy === askedBy && !singleApprover) return fails('reader-own-approval')
  const among = holder.kind === 'person' ? others.people : others.services
  const found = among.facts.find(({ value }) => value.id === holder.id)
  const [missing] = among.unseen
  if (found === undefined) return missing === undefined ? fails('reader-not-there') : unseen(missing)
  const endsOn = 'endsOn' in found.value ? found.value.endsOn : null
  if (endsOn !== null && moment.passed(endOfDate(endsOn, moment.zone)))
    return fails('reader-left', { on: endsOn })
  return holds('reader-declared', { until })
}
