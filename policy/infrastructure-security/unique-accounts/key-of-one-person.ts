import { check, fails, holds, unknown, unseen } from '@hevd/core'
import { accountOwners } from '@hevd/facts'
import { publicKeys } from '../../populations.ts'

/** A public key that opens several accounts opens those of one person only. */
export const keyOfOnePerson = check('unique-accounts/key-of-one-person', {
  of: publicKeys,
  reads: (key) => ({ owners: opened(key.members).map((account) => accountOwners.ofAccount(account)) }),
  judge: (key, { owners }) => {
    const accounts = opened(key.members)
    const persons = new Set(
      owners.facts.filter(({ value }) => value.owner.kind === 'person').map(({ value }) => value.owner.id),
    )
    if (persons.size > 1) return fails('key-of-several', { accounts })
    const [missing] = owners.unseen
    if (missing !== undefined) return unseen(missing)
    const owned = new Set(owners.facts.map(({ value }) => value.account))
    const unowned = accounts.filter((account) => !owned.has(account))
    if (accounts.length > 1 && unowned.length > 0)
      return unknown('key-owner-undeclared', { accounts: unowned })
    return holds()
  },
})

function opened(members: readonly { readonly host: string; readonly account: string }[]): readonly string[] {
  return [...new Set(members.map((key) => `${key.host}/${key.account}`))]
}
