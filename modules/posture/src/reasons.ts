import { type Bilingual, type PolicyState, type Reason, reason } from '@hevd/core'

/** Words of what the judging itself has to say, beside the reasons of the controls. */
export const engineReasons = {
  'judge-broke': reason<{ test: string }>({
    nb: ({ test }) => `Testen ${test} gikk i stykker og kunne ikke svare. Feilen er loggført.`,
    en: ({ test }) => `The test ${test} broke and could not answer. The fault has been logged.`,
  }),
  'clock-disagrees': reason<{ seconds: number }>({
    nb: ({ seconds }) =>
      `Vurderingen står stille: databasens klokke har hoppet ${seconds} sekunder. Still den riktig, så går vurderingen igjen; er den riktig nå, må en administrator bekrefte det.`,
    en: ({ seconds }) =>
      `Judging stands still: the database’s clock has jumped ${seconds} seconds. Set it right and judging goes on; if it is right now, an administrator must confirm that.`,
  }),
  'not-applicable': reason<{ reason: string; on: number }>({
    nb: ({ reason: said, on }, { moment }) =>
      `Gjelder ikke: ${said} Skal vurderes på nytt innen ${moment(on)}.`,
    en: ({ reason: said, on }, { moment }) =>
      `Not applicable: ${said} To be looked at again by ${moment(on)}.`,
  }),
  'judging-stopped': reason<{ since: number }>({
    nb: ({ since }, { moment }) =>
      `Ingen har vurdert noe siden ${moment(since)}. Det som var i orden da, er ukjent nå.`,
    en: ({ since }, { moment }) =>
      `Nothing has been judged since ${moment(since)}. What held then is unknown now.`,
  }),
}

const remedies: Readonly<Record<string, Bilingual>> = {
  'unseen-silent': {
    nb: 'Se hvorfor kilden er taus, og få den i gang igjen.',
    en: 'See why the source is silent, and get it going again.',
  },
  'unseen-needs-right': {
    nb: 'Gi kilden rettigheten den mangler. Oversikten over kilder viser hvordan.',
    en: 'Give the source the right it lacks. The list of sources shows how.',
  },
  'unseen-failed': {
    nb: 'Se feilen i oversikten over kilder, og rett den der kilden kjører.',
    en: 'See the error in the list of sources, and mend it where the source runs.',
  },
  'unseen-partial': {
    nb: 'Se i oversikten over kilder hva som mangler, og la kilden få se det.',
    en: 'See in the list of sources what is missing, and let the source see it.',
  },
  'judge-broke': {
    nb: 'Meld feilen til den som har laget testen; loggen sier hva som gikk i stykker.',
    en: 'Report the fault to whoever made the test; the log says what broke.',
  },
}

const mend: Bilingual = {
  nb: 'Rett det som svikter, det verste står først, eller be om et tidsbegrenset unntak.',
  en: 'Mend what fails, the worst stands first, or ask for an exception for a limited time.',
}
const reviewExceptions: Bilingual = {
  nb: 'Det som svikter, er godtatt for en tid. Rett det før unntaket løper ut.',
  en: 'What fails is accepted for a time. Mend it before the exception ends.',
}
/** For a control that was said not to apply, when that was to be looked at again. */
export const lookAgain: Bilingual = {
  nb: 'Fristen for å vurdere om kontrollen gjelder, er ute. Si på nytt at den ikke gjelder, eller la den gjelde.',
  en: 'The time to look again at whether the control applies has passed. Say anew that it does not, or let it apply.',
}

/**
 * What to do next about a control: the remedy of what is missing, else what its own text says to connect first.
 * Null when it holds.
 */
export function nextStep(state: PolicyState, why: Reason | null, own: Bilingual): Bilingual | null {
  if (state === 'holds' || state === 'not-applicable') return null
  if (state === 'fails') return mend
  if (state === 'excepted') return reviewExceptions
  return (why && remedies[why.code]) ?? own
}
