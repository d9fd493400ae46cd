import { becomeOrdinaryUser } from '@hevd/testing/ordinary-user'
import { collectOnce } from '../collect-once.ts'
import { lookAtNothingElse } from '../config.ts'
import { localHostAccess } from '../host/local.ts'
import { collectorsNamed } from '../testdata/collectors-named.ts'
import type { Collecting } from './collect.ts'

/** Runs collectors where it is started and prints what they saw, as JSON. Argument: JSON of {@link Collecting}. */
const { collectors: names, ordinary, look }: Collecting = JSON.parse(process.argv[2] ?? '{}')
const collectors = await collectorsNamed(names)
if (ordinary === true) becomeOrdinaryUser()
const access = localHostAccess({ host: { id: 'h1', name: 'here' }, look: { ...lookAtNothingElse, ...look } })
process.stdout.write(JSON.stringify(await collectOnce(access, collectors)))
