import { check, duration, fails, unknown, unseen } from '@hevd/core'
import { hostNamesAlike, hosts, importedLists } from '@hevd/facts'
import { hearing, isHeard } from '../../heard.ts'
import { listedServers } from '../../populations.ts'
import { youngLists } from './listed.ts'

/** Every server of an independent list is declared here and heard from. */
export const listedIsHeard = check('continuously-monitored/listed-is-heard', {
  of: listedServers,
  parameters: { silentAtMost: duration, listNoOlderThan: duration },
  reads: ({ source, id, name, otherNames }) => ({
    known: hostNamesAlike([id, name, ...otherNames]).map((alike) => hosts.called(alike)),
    lists: importedLists.byKey(`hosts/${source}`),
  }),
  follow: (_listed, { known }) => {
    const [host] = known.facts
    const asked = host === undefined ? null : hearing(host.value.id)
    return {
      agent: asked === null ? [] : [asked.agent],
      system: asked === null ? [] : [asked.system],
      declared: asked === null ? [] : [asked.declared],
    }
  },
  judge: ({ source }, { known, lists, ...heard }, { silentAtMost, listNoOlderThan }, moment) => {
    if (!youngLists(lists, listNoOlderThan, moment).has(source)) return unknown('list-old', { source })
    const [missing] = known.unseen
    if (known.facts.length > 0) return isHeard(heard, silentAtMost, moment)
    return missing === undefined ? fails('not-declared', { source }) : unseen(missing)
  },
})
