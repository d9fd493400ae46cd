import { reason } from '@hevd/core'
import { scanReasons } from '../../scanned.ts'

export const reasons = {
  ...scanReasons,
  'logs-not-scanned': reason({
    nb: () => 'Ingen logger på serveren er gjennomsøkt. Sett mappene inn under «scan» i agent.json.',
    en: () => 'No logs of the host have been scanned. Put their folders under “scan” in agent.json.',
  }),
}
