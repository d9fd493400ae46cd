import { control } from '@hevd/core'
import { declaredIsListed } from './declared-is-listed.ts'
import { hostsHeard } from './hosts-heard.ts'
import { listedIsHeard } from './listed-is-heard.ts'
import { reasons } from './reasons.ts'

export const continuouslyMonitored = control('continuously-monitored', {
  tests: [hostsHeard, listedIsHeard, declaredIsListed],
  reasons,
})
