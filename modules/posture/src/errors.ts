import type { Bilingual } from '@hevd/core'
import type { Answerable } from '@hevd/http'

/** What can be wrong with a question about the policy or with an exception. README.md lists the same codes. */
export const postureErrors = {
  'no-such-control': {
    status: 404,
    words: { nb: 'Kontrollen finnes ikke i policyen.', en: 'There is no such control in the policy.' },
  },
  'no-such-finding': {
    status: 404,
    words: {
      nb: 'Testen har ikke noe funn om dette. Det kan ha opphørt; se i historikken.',
      en: 'The test has no finding about this. It may have ended; see the history.',
    },
  },
  'no-such-version': {
    status: 404,
    words: {
      nb: 'Testen sa ingenting om dette på det tidspunktet. Velg et tidspunkt fra historikken.',
      en: 'The test said nothing of this at that time. Choose a time from the history.',
    },
  },
  'not-replayable': {
    status: 410,
    words: {
      nb: 'Grunnlaget for denne bedømmingen er ikke bevart, så den kan ikke gjøres om igjen.',
      en: 'What this was judged from is not kept, so it cannot be judged again.',
    },
  },
  'inputs-altered': {
    status: 409,
    words: {
      nb: 'Grunnlaget er endret i databasen etter bedømmingen. Kjør «hevd ledger verify», og finn ut hvem som har endret det.',
      en: 'What this was judged from was altered in the database afterwards. Run “hevd ledger verify”, and find out who altered it.',
    },
  },
  'cursor-not-valid': {
    status: 400,
    words: {
      nb: 'Siden kan ikke åpnes herfra. Begynn på nytt fra første side.',
      en: 'The page cannot be opened from here. Begin again from the first one.',
    },
  },
  'nothing-to-except': {
    status: 409,
    words: {
      nb: 'Et unntak gjelder noe som svikter, og dette svikter ikke nå.',
      en: 'An exception is for something that fails, and this does not fail now.',
    },
  },
  'exception-too-long': {
    status: 400,
    words: {
      nb: 'Et unntak må ta slutt i fremtiden og innen ett år. Velg en annen dato.',
      en: 'An exception must end in the future and within a year. Choose another date.',
    },
  },
  'no-such-exception': {
    status: 404,
    words: { nb: 'Unntaket finnes ikke.', en: 'There is no such exception.' },
  },
  'exception-closed': {
    status: 409,
    words: {
      nb: 'Unntaket er alt godkjent, trukket tilbake eller over. Be om et nytt.',
      en: 'The exception was already approved, withdrawn or has ended. Ask for a new one.',
    },
  },
  'clock-not-as-seen': {
    status: 409,
    words: {
      nb: 'Databasens klokke er ikke lenger så langt unna som du så. Se etter på nytt hva den viser, og bekreft det.',
      en: 'The database’s clock is no longer off by what you saw. Look again at what it shows, and confirm that.',
    },
  },
  'own-exception': {
    status: 403,
    words: {
      nb: 'En annen administrator enn den som ba om unntaket, må godkjenne det.',
      en: 'Another administrator than the one who asked for the exception must approve it.',
    },
  },
  'no-such-period': {
    status: 404,
    words: { nb: 'Perioden finnes ikke.', en: 'There is no such period.' },
  },
  'no-such-test': {
    status: 404,
    words: { nb: 'Policyen har ingen slik test.', en: 'The policy has no such test.' },
  },
  'no-such-sample': {
    status: 404,
    words: {
      nb: 'Stikkprøven er ikke trukket. Trekk den først.',
      en: 'The sample was not drawn. Draw it first.',
    },
  },
  'not-in-period': {
    status: 404,
    words: {
      nb: 'Dette hører ikke til perioden, eller er ikke signert i loggen ennå.',
      en: 'This does not belong to the period, or is not signed in the log yet.',
    },
  },
  'period-not-valid': {
    status: 400,
    words: {
      nb: 'En periode må begynne før den slutter, ha begynt i dag eller før, og vare i høyst tre år. Velg andre datoer.',
      en: 'A period must begin before it ends, have begun by today, and last three years at most. Choose other dates.',
    },
  },
  'period-not-over': {
    status: 409,
    words: {
      nb: 'Perioden er ikke over. Den kan signeres når siste dag er gått.',
      en: 'The period is not over. It can be signed when its last day has passed.',
    },
  },
  'period-signed': {
    status: 409,
    words: {
      nb: 'Perioden er signert, og rapporten endres ikke mer.',
      en: 'The period is signed, and its report does not change any more.',
    },
  },
  'report-changed': {
    status: 409,
    words: {
      nb: 'Rapporten er ikke lenger den du så. Se gjennom den på nytt, og signer så.',
      en: 'The report is no longer the one you saw. Look it through again, and then sign.',
    },
  },
  'own-answer': {
    status: 403,
    words: {
      nb: 'En annen administrator enn den som har svart for ledelsen, må signere.',
      en: 'Another administrator than the one who answered for management must sign.',
    },
  },
  'no-such-deviation': {
    status: 404,
    words: {
      nb: 'Perioden har ikke dette avviket. Velg det fra listen over avvik.',
      en: 'The period does not have this deviation. Choose it from the list of deviations.',
    },
  },
  'inputs-erased': {
    status: 410,
    words: {
      nb: 'Det som ble lest, gjaldt en person som er slettet, og kan ikke vurderes på nytt.',
      en: 'What was read spoke of a person who has been erased, and cannot be judged once more.',
    },
  },
  'not-yours': {
    status: 403,
    words: {
      nb: 'Bare den som ba om unntaket, eller en administrator, kan trekke det tilbake.',
      en: 'Only the one who asked for the exception, or an administrator, can withdraw it.',
    },
  },
} as const satisfies Record<string, Omit<Answerable, 'code'>>
export type PostureErrorCode = keyof typeof postureErrors

export class PostureError extends Error implements Answerable {
  readonly status: number
  readonly code: PostureErrorCode
  readonly words: Bilingual

  constructor(code: PostureErrorCode) {
    const { status, words } = postureErrors[code]
    super(words.en)
    this.name = 'PostureError'
    this.status = status
    this.code = code
    this.words = words
  }
}
