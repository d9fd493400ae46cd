import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with keys, grants and the root key. The table in README.md lists the same codes. */
export const keysErrors = {
  'not-initialised': {
    status: 409,
    words: {
      nb: 'Hvelvet er ikke tatt i bruk. En administrator må lage rotnøkkelen først.',
      en: 'The vault is not initialised. An administrator must make its root key first.',
    },
  },
  sealed: {
    status: 503,
    words: {
      nb: 'Hvelvet er forseglet, så ingen nøkler kan brukes. Nøkkelholderne må åpne det.',
      en: 'The vault is sealed, so no key can be used. Its custodians must open it.',
    },
  },
  'already-initialised': {
    status: 409,
    words: {
      nb: 'Hvelvet har en rotnøkkel fra før. Del den på nytt i stedet.',
      en: 'The vault has a root key already. Share it anew instead.',
    },
  },
  'not-sealed': {
    status: 409,
    words: {
      nb: 'Hvelvet er åpent, så det trengs ingen deler.',
      en: 'The vault is open; no share is needed.',
    },
  },
  'seal-not-set': {
    status: 400,
    words: {
      nb: 'Denne forseglingen er ikke satt opp på serveren. Sett den opp, eller velg en annen.',
      en: 'This seal is not set up on the server. Set it up, or choose another.',
    },
  },
  'root-key-wrong': {
    status: 503,
    words: {
      nb: 'Nøkkelen som ble pakket ut, er ikke hvelvets rotnøkkel. Databasen og forseglingen hører ikke sammen.',
      en: 'What was unwrapped is not the vault’s root key. The database and the seal do not belong together.',
    },
  },
  'sharing-under-way': {
    status: 409,
    words: {
      nb: 'Rotnøkkelen deles alt ut på nytt. Fullfør det, eller avbryt det først.',
      en: 'The root key is being shared out already. Finish that, or cancel it first.',
    },
  },
  'no-sharing': {
    status: 409,
    words: {
      nb: 'Det deles ikke ut noen rotnøkkel nå. Begynn på nytt.',
      en: 'No root key is being shared out. Begin anew.',
    },
  },
  'not-custodian': {
    status: 403,
    words: {
      nb: 'Du er ikke nøkkelholder for denne rotnøkkelen.',
      en: 'You are not a custodian of this root key.',
    },
  },
  'share-taken': {
    status: 409,
    words: {
      nb: 'Du har hentet din del alt; den vises bare én gang. Er den tapt, må rotnøkkelen deles på nytt.',
      en: 'You have taken your share already; it is shown once. If it is lost, share the root key anew.',
    },
  },
  'not-valid-sharing': {
    status: 400,
    words: {
      nb: 'Rotnøkkelen kan ikke deles slik. Det må være 2–16 nøkkelholdere, og minst to av dem må til.',
      en: 'The root key cannot be shared so. There must be 2–16 custodians, and it must take at least two.',
    },
  },
  'share-incomplete': {
    status: 400,
    words: {
      nb: 'Delen har for få eller for mange tegn.',
      en: 'The share has too few or too many characters.',
    },
  },
  'share-mistyped': {
    status: 400,
    words: {
      nb: 'Delen er ikke skrevet riktig. Sammenlign med papiret.',
      en: 'The share is not written right. Compare it with the paper.',
    },
  },
  'share-of-another-set': {
    status: 400,
    words: {
      nb: 'Delen hører til en annen utdeling av rotnøkkelen. Finn den som ble delt ut sist.',
      en: 'The share is of another sharing of the root key. Find the one that was handed out last.',
    },
  },
  'share-of-another': {
    status: 403,
    words: {
      nb: 'Delen er en annen nøkkelholders. Hver og en gir bare sin egen.',
      en: 'The share is another custodian’s. Each gives only their own.',
    },
  },
  'share-wrong': {
    status: 400,
    words: {
      nb: 'Delen er ikke den du fikk, selv om den er skrevet riktig. Finn papiret på nytt, eller si fra om at delen er tapt.',
      en: 'The share is not the one you were given, though it is written right. Find the paper again, or tell that the share is lost.',
    },
  },
  'seal-not-valid': {
    status: 503,
    words: {
      nb: 'Forseglingen er ikke satt opp riktig på serveren.',
      en: 'The seal is not set up right on the server.',
    },
  },
  'seal-file-missing': {
    status: 503,
    words: {
      nb: 'Nøkkelfilen finnes ikke. Legg den tilbake fra kopien; uten den kan hvelvet ikke åpnes.',
      en: 'The key file is missing. Restore it from its copy; without it the vault cannot be opened.',
    },
  },
  'seal-file-exposed': {
    status: 503,
    words: {
      nb: 'Nøkkelfilen kan leses eller endres av andre. Kjør chmod 600 på den, la brukeren Hevd kjører som, eie den, og vurder en ny forsegling.',
      en: 'Others can read or change the key file. Run chmod 600 on it, let the user that Hevd runs as own it, and consider sealing anew.',
    },
  },
  'seal-file-in-home': {
    status: 503,
    words: {
      nb: 'Nøkkelfilen ligger i HEVD_HOME, så den som får en kopi av databasen, får nøkkelen med. Legg den et annet sted.',
      en: 'The key file lies in HEVD_HOME, so that whoever gets a copy of the database gets the key with it. Put it elsewhere.',
    },
  },
  'seal-unreachable': {
    status: 503,
    words: {
      nb: 'Det som forsegler rotnøkkelen, svarer ikke. Ingenting er tapt; prøv igjen når det er nåbart.',
      en: 'What seals the root key does not answer. Nothing is lost; try again when it can be reached.',
    },
  },
  'seal-refused': {
    status: 503,
    words: {
      nb: 'Det som forsegler rotnøkkelen, avviste oss. Se over tilgang, påloggingsopplysninger og nøkkel.',
      en: 'What seals the root key refused us. Look over permissions, credentials and the key.',
    },
  },
  'seal-does-not-open': {
    status: 503,
    words: {
      nb: 'Den forseglede rotnøkkelen lar seg ikke åpne: den er endret, eller forseglet med en annen nøkkel. Gjenopprett databasen eller nøkkelen fra kopien.',
      en: 'The sealed root key does not open: it was altered, or sealed with another key. Restore the database or the key from its copy.',
    },
  },
  'sealed-root-not-readable': {
    status: 503,
    words: {
      nb: 'Det som er lagret av rotnøkkelen, har en form denne utgaven ikke kjenner. Er det fra en nyere Hevd, oppgrader denne.',
      en: 'What is stored of the root key has a form that this release does not know. If a newer Hevd stored it, upgrade this one.',
    },
  },
  'no-such-key': { status: 404, words: { nb: 'Nøkkelen finnes ikke.', en: 'There is no such key.' } },
  'key-exists': {
    status: 409,
    words: { nb: 'En annen nøkkel heter det samme.', en: 'Another key has that name.' },
  },
  'key-deleted': {
    status: 409,
    words: {
      nb: 'Nøkkelen er slettet og kan ikke brukes. Den kan gjenopprettes til ventetiden er ute.',
      en: 'The key is deleted and cannot be used. It can be restored until its waiting time is over.',
    },
  },
  'not-valid-key': {
    status: 400,
    words: { nb: 'Nøkkelen kan ikke være slik.', en: 'The key cannot be so.' },
  },
  'version-damaged': {
    status: 500,
    words: {
      nb: 'Versjonen av nøkkelen kan ikke åpnes: det som er lagret, er endret eller hører til en annen rotnøkkel. Hent databasen fra en sikkerhetskopi.',
      en: 'The version of the key cannot be opened: what is stored was changed or belongs to another root key. Restore the database from a backup.',
    },
  },
  'deletion-not-allowed': {
    status: 400,
    words: {
      nb: 'Nøkkelen er vernet mot sletting. Tillat sletting i innstillingene først.',
      en: 'The key is protected against deletion. Allow deletion in its settings first.',
    },
  },
  'not-exportable': {
    status: 400,
    words: {
      nb: 'Nøkkelen kan ikke tas ut. To personer må først ha gjort den eksporterbar.',
      en: 'The key cannot be taken out. Two people must have made it exportable first.',
    },
  },
  'not-valid-backup': {
    status: 400,
    words: {
      nb: 'Sikkerhetskopien av nøkkelen kan ikke leses. Hent den på nytt derfra den ble laget.',
      en: 'The backup of the key cannot be read. Fetch it anew from where it was made.',
    },
  },
  'own-approval': {
    status: 403,
    words: {
      nb: 'Den som ba om det, eller som det gjelder, kan ikke godkjenne det. La en annen administrator gjøre det.',
      en: 'Whoever asked for it, or whom it is for, cannot approve it. Let another administrator do so.',
    },
  },
  'nothing-asked': {
    status: 409,
    words: { nb: 'Det er ikke bedt om noe her nå.', en: 'Nothing is asked for here now.' },
  },
  'no-such-grant': { status: 404, words: { nb: 'Tildelingen finnes ikke.', en: 'There is no such grant.' } },
  'grant-decided': {
    status: 409,
    words: { nb: 'Tildelingen er avgjort alt.', en: 'The grant is decided already.' },
  },
  'not-valid-grant': {
    status: 400,
    words: { nb: 'Tildelingen har en feil.', en: 'The grant has a fault.' },
  },
  'no-such-holder': {
    status: 400,
    words: {
      nb: 'Kontoen eller tjenesten finnes ikke, eller er deaktivert.',
      en: 'The account or service is not there, or is disabled.',
    },
  },
  'not-valid-token': {
    status: 400,
    words: {
      nb: 'Siste dag for et token kan ikke være forbi, og ikke mer enn et år fram.',
      en: 'The last day of a token cannot be over, nor more than a year away.',
    },
  },
  'no-such-token': { status: 404, words: { nb: 'Tokenet finnes ikke.', en: 'There is no such token.' } },
  'no-such-store': {
    status: 404,
    words: { nb: 'Nøkkellageret står ikke i registeret.', en: 'The key store is not in the register.' },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type KeysErrorCode = keyof typeof keysErrors

export class KeysError extends Error implements Answerable {
  readonly status: number
  readonly code: KeysErrorCode
  readonly words: Bilingual

  constructor(code: KeysErrorCode, detail: Bilingual = { nb: '', en: '' }) {
    const { status, words } = keysErrors[code]
    const full = {
      nb: [words.nb, detail.nb].filter(Boolean).join(' '),
      en: [words.en, detail.en].filter(Boolean).join(' '),
    }
    super(full.en)
    this.name = 'KeysError'
    this.status = status
    this.code = code
    this.words = full
  }
}
