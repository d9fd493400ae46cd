import { control } from '@hevd/core'
import { backupsListed } from './backups-listed.ts'
import { choiceRecorded } from './choice-recorded.ts'
import { dataSetsListed } from './data-sets-listed.ts'
import { databasesListed } from './databases-listed.ts'
import { mainlyInEu } from './mainly-in-eu.ts'
import { privateCloudsIn } from './private-clouds.ts'
import { reachedWithinChoice } from './reached-within-choice.ts'
import { reasons } from './reasons.ts'
import { storeSeen } from './store-seen.ts'
import { withinChoice } from './within-choice.ts'

export const dataLocation = control('data-location', {
  tests: [
    withinChoice,
    reachedWithinChoice,
    choiceRecorded,
    storeSeen,
    mainlyInEu,
    privateCloudsIn,
    databasesListed,
    backupsListed,
    dataSetsListed,
  ],
  reasons,
})
