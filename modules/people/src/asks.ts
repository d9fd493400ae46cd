import { type Ask, allows } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { RegisterDeps } from './register.ts'
import { countWithoutOwner } from './store/owners.ts'
import { idsWithKeys } from './store/people.ts'

type Deps = Pick<RegisterDeps, 'ledger'>

export async function peopleAsks(deps: Deps, tx: Tx, organisation: string): Promise<readonly Ask[]> {
  return [...(await eraseAgain(deps, tx, organisation)), ...(await ownersMissing(tx, organisation))]
}

/**
 * Asks to erase again whoever stands in the register although their key is erased: a database that was restored to before an
 * erasure has them back. The keys are not in the database, so they remember.
 */
async function eraseAgain({ ledger }: Deps, tx: Tx, organisation: string): Promise<readonly Ask[]> {
  const ids = await idsWithKeys(tx, organisation, ledger.erasedPersons(organisation))
  if (ids.length === 0) return []
  const count = ids.length
  const numbers = ids.slice(0, 20).join(', ') + (count > 20 ? ' …' : '')
  return [
    {
      id: 'erase-again',
      kind: 'erase-again',
      title: {
        nb: count === 1 ? 'Én slettet person er tilbake' : `${count} slettede personer er tilbake`,
        en: count === 1 ? 'One erased person is back' : `${count} erased people are back`,
      },
      what: {
        nb: `Databasen er gjenopprettet til før de ble slettet. Slett dem på nytt: ${numbers}.`,
        en: `The database was restored to before they were erased. Erase them again: ${numbers}.`,
      },
      since: null,
      deadline: null,
      action: { nb: 'Gå til personene', en: 'Go to the people' },
      to: '/people',
      urgent: true,
      of: (account) => allows('administrator', account),
    },
  ]
}

/** Asks whose the accounts are that nobody has said it of. */
async function ownersMissing(tx: Tx, organisation: string): Promise<readonly Ask[]> {
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
