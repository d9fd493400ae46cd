import { becomeOrdinaryUser } from '@hevd/testing'
import { collectOnce } from '../collect-once.ts'
import { collectors } from '../collectors/index.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import type { Collecting } from './collect.ts'

/** Runs collectors where it is started and prints what they saw, as JSON. Argument: JSON of {@link Collecting}. */
const { collectors: names, ordinary, look }: Collecting = JSON.parse(process.argv[2] ?? '{}')
if (ordinary === true) becomeOrdinaryUser()
const access = localHostAccess({ host: { id: 'h1', name: 'here' }, look: { ...lookAtNothingElse, ...look } })
const seen = await collectOnce(
  access,
  collectors.filter(({ name }) => names.includes(name)),
)
process.stdout.write(JSON.stringify(seen))
