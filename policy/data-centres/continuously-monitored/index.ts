import { control } from '@hevd/core'
import { declaredIsListed } from './declared-is-listed.ts'
import { hostsHeard } from './hosts-heard.ts'
import { listedIsHeard } from './listed-is-heard.ts'
import { reasons } from './reasons.ts'

export const continuouslyMonitored = control('continuously-monitored', {
  tests: [hostsHeard, listedIsHeard, declaredIsListed],
  reasons,
  lacks: {
    nb: 'Ikke bevist i sin helhet: ingen test ser ennå på nettverksutstyr og linjer, og på om administratorene er våre egne.',
    en: 'Not proven in full: no test looks yet at network devices and circuits, and at whether the administrators are our own.',
  },
})
