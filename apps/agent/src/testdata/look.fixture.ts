import { becomeOrdinaryUser } from '@hevd/testing'
import { runCollector } from '../collector.ts'
import { collectors } from '../collectors/index.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import type { LookRequest } from './look-inside.ts'

/** Runs one collector where it is started and prints what it saw, as JSON. Argument: JSON of {@link LookRequest}. */
const { collector: name, ordinary, look }: LookRequest = JSON.parse(process.argv[2] ?? '{}')
if (ordinary === true) becomeOrdinaryUser()
const collector = collectors.find((one) => one.name === name)
if (collector === undefined) throw new Error(`There is no collector ${name}`)
const access = localHostAccess({
  host: { id: 'h1', name: 'here' },
  look: { ...lookAtNothingElse, ...look },
})
process.stdout.write(JSON.stringify(await runCollector(collector, access)))
