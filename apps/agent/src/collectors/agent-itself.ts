import { agents } from '@hevd/facts'
import { type Collector, collected } from '../collector.ts'
import { agentVersion } from '../version.ts'

/** That the agent is alive, and with which rights: the shortest word there is, so that silence is noticed soon. */
export const agentItselfCollector: Collector = {
  name: 'agent',
  types: [agents.name],
  title: { nb: 'Agenten selv', en: 'The agent itself' },
  interval: 'PT1M',
  collect: async ({ host, isRoot }) =>
    collected(agents, host.id, [{ host: host.id, version: agentVersion, root: isRoot }]),
}
