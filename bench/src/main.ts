import { loadavg } from 'node:os'
import { agents } from './agents.ts'
import { backups } from './backups.ts'
import type { Bench } from './bench.ts'
import { columns } from './columns.ts'
import { ingest } from './ingest.ts'
import { judgeChange } from './judge-change.ts'
import { judgeDue } from './judge-due.ts'
import { ledger } from './ledger.ts'
import { page } from './page.ts'
import { scan } from './scan.ts'
import { transit } from './transit.ts'

/** `npm run -s bench -- <name> --json`: runs one benchmark beside its peer and prints the ratio (DESIGN.md). */
const benches: readonly Bench[] = [
  ledger,
  ingest,
  judgeChange,
  judgeDue,
  page,
  agents,
  columns,
  scan,
  transit,
  backups,
]

const [name, ...flags] = process.argv.slice(2)
const bench = benches.find((each) => each.name === name)
if (bench === undefined) {
  console.error(
    `Benchmarks: ${benches.map((each) => each.name).join(', ')}. Usage: npm run -s bench -- <name> [--json]`,
  )
  process.exit(2)
}
const before = loadavg()[0] ?? 0
const { ours, reference, unit, what, others } = await bench.run((line) => console.error(line))
const result = {
  name: bench.name,
  ours: rounded(ours),
  reference: rounded(reference),
  unit,
  what,
  ratio: rounded(ours / reference),
  others: others.map((other) => ({ ...other, value: rounded(other.value), ratio: rounded(other.ratio) })),
  load: `load average ${before.toFixed(2)} before, ${(loadavg()[0] ?? 0).toFixed(2)} after`,
}
if (!flags.includes('--json'))
  console.log(
    `${result.name}: ${result.ours} ${unit}, ${result.ratio} of ${result.reference} ${unit} (${what})`,
  )
console.log(JSON.stringify(result))
process.exit(0)

/** Four significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
