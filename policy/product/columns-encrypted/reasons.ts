import { reason } from '@hevd/core'
import { scanReasons } from '../../scanned.ts'

export const reasons = {
  ...scanReasons,
  'server-not-scanned': reason({
    nb: () =>
      'Ingen database på tjeneren er gjennomsøkt. Sett adressen inn under «scan» i agent.json, med en rolle som kan lese.',
    en: () =>
      'No database of the server has been scanned. Put its address under “scan” in agent.json, with a role that may read.',
  }),
}
