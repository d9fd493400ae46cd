import { reason } from '@hevd/core'
import { heardReasons } from '../../heard.ts'

export const reasons = {
  ...heardReasons,
  'not-declared': reason<{ source: string }>({
    nb: ({ source }) =>
      `Står i listen fra ${source}, men er ikke oppgitt som maskin her. Meld den inn og installer agenten.`,
    en: ({ source }) =>
      `Is on the list from ${source} and is not declared as a host here. Declare it and install the agent.`,
  }),
  'no-list': reason({
    nb: () => 'Ingen uavhengig liste er hentet, så vi vet ikke om noe mangler. Hent en under «Maskiner».',
    en: () =>
      'No independent list has been imported, so we do not know whether anything is missing. Import one under “Hosts”.',
  }),
  'list-old': reason<{ source: string }>({
    nb: ({ source }) => `Listen fra ${source} er for gammel. Hent en ny.`,
    en: ({ source }) => `The list from ${source} is too old. Import a new one.`,
  }),
  'not-listed': reason({
    nb: () => 'Oppgitt her, men står ikke i noen uavhengig liste. Finn ut hvorfor, og hent listen på nytt.',
    en: () => 'Declared here and on no independent list. Find out why, and import the list again.',
  }),
}
