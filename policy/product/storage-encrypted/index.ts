import { control } from '@hevd/core'
import { databasesEncrypted } from './databases-encrypted.ts'
import { reasons } from './reasons.ts'
import { volumesEncrypted } from './volumes-encrypted.ts'

export const storageEncrypted = control('storage-encrypted', {
  tests: [volumesEncrypted, databasesEncrypted],
  reasons,
  lacks: {
    nb: 'Ikke bevist i sin helhet: ingen test ser ennå på sikkerhetskopiene og på om de lar seg gjenopprette.',
    en: 'Not proven in full: no test looks yet at the backups, and at whether they can be restored.',
  },
})
