import { check, duration, fails, holds, outside } from '@hevd/core'
import { vaultKeys } from '../../populations.ts'

/** No key of the vault is older than the policy allows; one that is deleted is used by nobody. */
export const keyRotated = check('encryption-keys-restricted/key-rotated', {
  of: vaultKeys,
  parameters: { rotateEvery: duration },
  reads: () => ({}),
  judge: ({ deletedAt, rotatedAt }, _readings, { rotateEvery }, moment) => {
    if (deletedAt !== null) return outside
    return moment.elapsed(rotatedAt, rotateEvery) ? fails('key-too-old', { since: rotatedAt }) : holds()
  },
})
