import { listed, reason } from '@hevd/core'

export const reasons = {
  'owner-missing': reason({
    nb: () => 'Ingen er oppført som eier. Oppgi personen eller tjenesten kontoen tilhører.',
    en: () => 'Nobody is listed as the owner. Declare the person or the service it belongs to.',
  }),
  'owners-several': reason<{ count: number }>({
    nb: ({ count }) => `${count} er oppført som eiere. En konto skal ha nøyaktig én.`,
    en: ({ count }) => `${count} are listed as owners. An account has exactly one.`,
  }),
  'owner-unknown': reason<{ owner: string }>({
    nb: () => 'Eieren som er oppført, finnes ikke i registeret.',
    en: () => 'The owner that is listed is not in the register.',
  }),
  'owner-left': reason<{ owner: string; on: string }>({
    nb: ({ on }) => `Eieren sluttet ${on}, og kontoen er fortsatt åpen. Steng den eller gi den en ny eier.`,
    en: ({ on }) => `The owner left on ${on} and the account is still open. Close it or give it a new owner.`,
  }),
  'owner-not-started': reason<{ owner: string; on: string }>({
    nb: ({ on }) => `Eieren begynner først ${on}, men kontoen er allerede åpen.`,
    en: ({ on }) => `The owner does not start until ${on}, but the account is already open.`,
  }),
  'owner-declared': reason<{ owner: string }>({
    nb: () => 'Har én oppgitt eier (oppgitt, ikke bevist).',
    en: () => 'Has one declared owner (declared, not proven).',
  }),
  'user-number-shared': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) =>
      `${listed('nb', accounts)} har samme brukernummer og er dermed samme bruker for kjernen.`,
    en: ({ accounts }) =>
      `${listed('en', accounts)} have the same user number and are one user to the kernel.`,
  }),
  'password-empty': reason({
    nb: () => 'Passordet er tomt: hvem som helst kan logge inn. Lås kontoen eller sett et passord.',
    en: () => 'The password is empty: anybody can log in. Lock the account or set a password.',
  }),
  'password-scheme-weak': reason<{ scheme: string }>({
    nb: ({ scheme }) =>
      `Passordet er lagret med ${scheme}, som er for lett å knekke. Sett passordet på nytt.`,
    en: ({ scheme }) => `The password is stored with ${scheme}, which is too easy to crack. Set it anew.`,
  }),
  'key-of-several': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) => `Samme nøkkel åpner kontoene til flere personer: ${listed('nb', accounts)}.`,
    en: ({ accounts }) => `The same key opens accounts of several people: ${listed('en', accounts)}.`,
  }),
  'key-owner-undeclared': reason<{ accounts: readonly string[] }>({
    nb: ({ accounts }) =>
      `Nøkkelen åpner flere kontoer, og ingen er oppført som eier av ${listed('nb', accounts)}.`,
    en: ({ accounts }) =>
      `The key opens several accounts, and nobody is listed as the owner of ${listed('en', accounts)}.`,
  }),
}
