import { percentile } from './agents/changes.ts'
import { type Outcome, polledEvery, runAgents, type Size } from './agents/run.ts'
import type { Usage } from './agents/usage.ts'
import type { Bench, BenchResult } from './bench.ts'

const hosts = numberFrom('HEVD_BENCH_AGENTS', 200)
const minutes = numberFrom('HEVD_BENCH_MINUTES', 10)

/** A host's open ports are looked at every minute, as the product does. */
const size: Size = {
  hosts,
  processes: Math.max(2, Math.ceil(hosts / 50)),
  seconds: minutes * 60,
  kills: 1,
  interval: 'PT1M',
  between: [20, 40],
  wanders: 60,
  // Four times in the whole run at most, so that not all of them come in its first half.
  flips: minutes * 20,
}

/** What would mean that something was lost, or had to be said twice for nothing. */
const faults = ['server-wants-full', 'report-refused', 'spool-damaged', 'spool-overfull'] as const

/**
 * Agents of many hosts against one server, while both sides are killed at random moments. The agents are the real ones
 * (joined over TLS, each with spool, sender and connection), several to a process; the hosts that they look at are made.
 * Ours is one over the median time from a change on a host until its verdict stands where the page reads it. The
 * reference is one over the median time until the agent looked: no server could be faster. Throws if anything was lost.
 */
export const agents: Bench = {
  name: 'agents',
  async run(report): Promise<BenchResult> {
    const outcome = await runAgents(size, report)
    for (const line of table(outcome)) report(line)
    const { lost, wrong, said, waited } = outcome
    const problems = faults.filter((event) => said.has(event))
    if (lost.length + wrong.length + problems.length > 0)
      throw new Error(`lost: ${lost.length} facts, ${wrong.length} verdicts; ${problems.join(', ')}`)
    const median = perMinute(
      waited.map(({ verdict }) => verdict),
      0.5,
    )
    const reference = perMinute(
      waited.map(({ look }) => look),
      0.5,
    )
    const last = perMinute(
      waited.map(({ verdict }) => verdict),
      0.99,
    )
    const lastLook = perMinute(
      waited.map(({ look }) => look),
      0.99,
    )
    return {
      ours: median,
      reference,
      unit: '1/min',
      what: 'one over the median time until the agent looked at the host again, of the same changes: looks are a minute apart',
      others: [
        {
          what: 'one over the 99th percentile instead, kills included',
          value: last,
          ratio: last / lastLook,
        },
      ],
    }
  },
}

/** The outcome as lines for people. */
function table({ seconds, kills, changes, waited, lost, wrong, said, usage }: Outcome): string[] {
  const spared = waited.filter(({ killed }) => !killed)
  const after = ({ look, verdict }: Outcome['waited'][number]) => verdict - look
  const events = faults.map((event) => `${event} ${said.get(event) ?? 0}`)
  const used = (name: string, usage: Usage | undefined, of: number) =>
    `| ${name} | ${fixed(usage?.memory)} MiB | ${fixed((usage?.memory ?? 0) / of)} MiB | ${fixed(usage?.seconds)} s | ${fixed(((usage?.seconds ?? 0) / seconds) * 100)} % |`
  const times = (name: string, values: readonly number[]) =>
    `| ${name} | ${values.length} | ${fixed(percentile(values, 0.5))} s | ${fixed(percentile(values, 0.99))} s |`
  return [
    `${hosts} hosts in ${size.processes} processes, ${fixed(seconds)} s, ${changes} changes; killed: server ${kills.server}, agents ${kills.agents} times`,
    `lost facts ${lost.length}, wrong verdicts ${wrong.length}; ${events.join(', ')}`,
    `| processes | most memory | a host | processor | of one core |`,
    used('server (RSS)', usage.get('server'), hosts),
    used('PostgreSQL (PSS of all)', usage.get('postgres'), hosts),
    used('agents of the made hosts (RSS)', usage.get('agents'), hosts),
    used('one real agent, beside the server (PSS)', usage.get('beside'), 1),
    `| time, known to ${polledEvery} ms | changes | median | 99th percentile |`,
    times(
      'from change to verdict',
      waited.map(({ verdict }) => verdict),
    ),
    times(
      'of these, to the look',
      waited.map(({ look }) => look),
    ),
    times('of these, from look to verdict', waited.map(after)),
    times(
      'from change to verdict, without kills meanwhile',
      spared.map(({ verdict }) => verdict),
    ),
    times('of these, from look to verdict', spared.map(after)),
  ]
}

function perMinute(seconds: readonly number[], share: number): number {
  return 60 / percentile(seconds, share)
}

function fixed(value = Number.NaN): string {
  return value.toFixed(1)
}

function numberFrom(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise)
  if (value > 0) return value
  throw new RangeError(`${name} is a number above 0`)
}
