import { reason } from '@hevd/core'
import { grantReasons } from '../../granted.ts'
import { ownershipReasons } from '../../ownership.ts'

export const reasons = {
  ...ownershipReasons,
  ...grantReasons,
  'hba-not-in-force': reason<{ line: number }>({
    nb: ({ line }) =>
      `Linje ${line} i pg_hba.conf har en feil, så serveren bruker en eldre utgave av filen, og vi vet ikke hvem den slipper inn. Rett linjen og last oppsettet på nytt.`,
    en: ({ line }) =>
      `Line ${line} of pg_hba.conf has a fault, so the server uses an older version of the file, and we do not know whom it lets in. Mend the line and reload.`,
  }),
}
