import { type Ask, allows } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import { countWithoutOwner } from './store/owners.ts'

/** Asks whose the accounts are that nobody has said it of. */
export async function peopleAsks(tx: Tx, organisation: string): Promise<readonly Ask[]> {
  const count = await countWithoutOwner(tx, organisation)
  if (count === 0) return []
  return [
    {
      id: 'account-owners',
      kind: 'owners-missing',
      title: {
        nb: count === 1 ? 'Én konto har ingen oppgitt eier' : `${count} kontoer har ingen oppgitt eier`,
        en: count === 1 ? 'One account has no declared owner' : `${count} accounts have no declared owner`,
      },
      what: {
        nb: 'Så lenge ingen eier dem, vet vi ikke hvem som kan logge inn.',
        en: 'While nobody owns them, it is not known who can log in.',
      },
      since: null,
      deadline: null,
      action: { nb: 'Oppgi eiere', en: 'Say the owners' },
      to: '/account-owners',
      urgent: false,
      of: (account) => allows('administrator', account),
    },
  ]
}
