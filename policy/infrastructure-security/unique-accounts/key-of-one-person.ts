import { check, fails, holds, outside, unknown, unseen } from '@hevd/core'
import { accountOwners, authorizedKeys } from '@hevd/facts'
import { publicKeys } from '../../populations.ts'

/** A public key that opens several accounts opens those of one person only. A certificate authority's key is nobody's log-in. */
export const keyOfOnePerson = check('unique-accounts/key-of-one-person', {
  of: publicKeys,
  reads: (key) => ({
    everywhere: authorizedKeys.withFingerprint(key.id),
    owners: opened(key.members).map((account) => accountOwners.ofAccount(account)),
  }),
  judge: (key, { everywhere, owners }) => {
    if (key.members.every((one) => one.certificateAuthority)) return outside
    const accounts = opened(key.members)
    const persons = new Set(
      owners.facts.filter(({ value }) => value.owner.kind === 'person').map(({ value }) => value.owner.id),
    )
    if (persons.size > 1) return fails('key-of-several', { accounts })
    const [missing] = [...owners.unseen, ...everywhere.unseen]
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
