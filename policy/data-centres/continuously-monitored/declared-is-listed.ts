import { check, duration, holds, unknown } from '@hevd/core'
import { hostNamesAlike, importedLists, listedHosts } from '@hevd/facts'
import { productionHosts } from '../../populations.ts'
import { youngLists } from './listed.ts'

/** Every declared production host, and so whatever speaks, stands in an independent list that is young enough. */
export const declaredIsListed = check('continuously-monitored/declared-is-listed', {
  of: productionHosts,
  parameters: { listNoOlderThan: duration },
  reads: ({ id, name }) => ({
    listed: hostNamesAlike([id, name]).map((alike) => listedHosts.called(alike)),
    lists: importedLists.ofKind('hosts'),
  }),
  judge: (_host, { listed, lists }, { listNoOlderThan }, moment) => {
    const [first] = lists.facts
    if (first === undefined) return unknown('no-list')
    const young = youngLists(lists, listNoOlderThan, moment)
    if (listed.facts.some(({ value }) => young.has(value.source))) return holds()
    const [old] = listed.facts
    if (old !== undefined) return unknown('list-old', { source: old.value.source })
    return young.size === 0 ? unknown('list-old', { source: first.value.source }) : unknown('not-listed')
  },
})
