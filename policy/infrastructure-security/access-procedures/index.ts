import { control } from '@hevd/core'
import { reasons } from './reasons.ts'
import { reviewed } from './reviewed.ts'

export const accessProcedures = control('access-procedures', {
  tests: [reviewed],
  reasons,
  lacks: {
    nb: 'Ikke bevist i sin helhet: gjennomgangen av tilganger er prøvd, men ingen test ser ennå på bestilling, godkjenning, endring og fjerning.',
    en: 'Not proven in full: reviews of access are tested, but no test looks yet at requests, approvals, changes and removals.',
  },
})
