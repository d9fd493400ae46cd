import { becomeOrdinaryUser } from '@hevd/testing/ordinary-user'
import { runCollector } from '../collector.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { collectorsNamed } from './collectors-named.ts'
import type { LookRequest } from './look-inside.ts'

/** Runs one collector where it is started and prints what it saw, as JSON. Argument: JSON of {@link LookRequest}. */
const { collector: name, ordinary, look }: LookRequest = JSON.parse(process.argv[2] ?? '{}')
const [collector] = await collectorsNamed([name])
if (collector === undefined) throw new RangeError('No collector was named')
if (ordinary === true) becomeOrdinaryUser()
const access = localHostAccess({
  host: { id: 'h1', name: 'here' },
  look: { ...lookAtNothingElse, ...look },
})
process.stdout.write(JSON.stringify(await runCollector(collector, access)))
