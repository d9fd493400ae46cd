import { check, holds, unknown } from '@hevd/core'
import { keyStoreRegister } from '../../populations.ts'
import { toldFor } from './store-reach-told.ts'

/** Somebody has said within a year that the register has every key store: else the vault alone would be looked at. */
export const storesListed = check('encryption-keys-restricted/stores-listed', {
  of: keyStoreRegister,
  reads: () => ({}),
  judge: ({ confirmedAt, stores }, _readings, _parameters, moment) =>
    moment.elapsed(confirmedAt, toldFor)
      ? unknown('stores-confirmed-long-ago', { at: confirmedAt })
      : holds('stores-confirmed', { at: confirmedAt, stores }),
})
