import { reason } from './control.ts'
import type { Instant } from './time.ts'
import { listed } from './wording.ts'

type OfStep = { readonly step: string }

/** Words of why a procedure does not allow something, or why a case fails. Steps go by their ids. */
export const procedureReasons = {
  'case-ended': reason<{ state: string }>({
    nb: ({ state }) => `Saken er ${state === 'cancelled' ? 'avbrutt' : 'fullført'} og kan ikke endres.`,
    en: ({ state }) =>
      `The case is ${state === 'cancelled' ? 'cancelled' : 'finished'} and cannot be changed.`,
  }),
  'before-the-last': reason<{ at: Instant; last: Instant }>({
    nb: ({ at, last }, { moment }) =>
      `Tidspunktet ${moment(at)} ligger før det forrige i saken (${moment(last)}).`,
    en: ({ at, last }, { moment }) =>
      `The time ${moment(at)} lies before the last one of the case (${moment(last)}).`,
  }),
  'step-unknown': reason<OfStep>({
    nb: ({ step }) => `Prosedyren har ikke noe steg som heter ${step}.`,
    en: ({ step }) => `The procedure has no step called ${step}.`,
  }),
  'step-done': reason<OfStep & { by: string }>({
    nb: ({ step, by }) =>
      step === by ? `Steget ${step} er alt utført.` : `${by} er utført i stedet for ${step}.`,
    en: ({ step, by }) =>
      step === by ? `Step ${step} is done already.` : `${by} was done in place of ${step}.`,
  }),
  'step-waits': reason<OfStep & { waitsFor: readonly string[] }>({
    nb: ({ step, waitsFor }) => `Steget ${step} kan først utføres etter ${listed('nb', waitsFor)}.`,
    en: ({ step, waitsFor }) => `Step ${step} can be done only after ${listed('en', waitsFor)}.`,
  }),
  'same-person': reason<OfStep>({
    nb: ({ step }) => `Steget ${step} må utføres av en annen person.`,
    en: ({ step }) => `Step ${step} must be done by another person.`,
  }),
  'too-early': reason<OfStep & { from: Instant }>({
    nb: ({ step, from }, { moment }) => `Steget ${step} kan tidligst utføres ${moment(from)}.`,
    en: ({ step, from }, { moment }) => `Step ${step} can be done from ${moment(from)} at the earliest.`,
  }),
  'evidence-missing': reason<OfStep & { evidence: string }>({
    nb: ({ step, evidence }) => `Steget ${step} mangler dokumentasjon: ${evidence}.`,
    en: ({ step, evidence }) => `Step ${step} lacks evidence: ${evidence}.`,
  }),
  'evidence-invalid': reason<OfStep & { evidence: string; wants: string }>({
    nb: ({ step, evidence, wants }) =>
      `Steget ${step}: ${evidence} kan ikke brukes slik det er oppgitt (${wants}).`,
    en: ({ step, evidence, wants }) => `Step ${step}: ${evidence} cannot be used as it is given (${wants}).`,
  }),
  'evidence-either': reason<OfStep & { options: readonly string[] }>({
    nb: ({ step, options }) =>
      `Steget ${step} mangler dokumentasjon. Oppgi én av disse: ${options.join('; ')}.`,
    en: ({ step, options }) => `Step ${step} lacks evidence. Give one of these: ${options.join('; ')}.`,
  }),
  'cancel-never': reason({
    nb: () => 'Saken kan ikke avbrytes. Fullfør den.',
    en: () => 'The case cannot be cancelled. Finish it.',
  }),
  'cancel-too-late': reason<OfStep>({
    nb: ({ step }) => `Saken kan ikke avbrytes etter at ${step} er utført.`,
    en: ({ step }) => `The case cannot be cancelled once ${step} is done.`,
  }),
  'cancel-reason-missing': reason({
    nb: () => 'Skriv hvorfor saken avbrytes.',
    en: () => 'Say why the case is cancelled.',
  }),
  'step-overdue': reason<{ steps: readonly string[] }>({
    nb: ({ steps }) => `Fristen er ute for ${listed('nb', steps)}.`,
    en: ({ steps }) => `The deadline has passed for ${listed('en', steps)}.`,
  }),
  'over-without-steps': reason<{ steps: readonly string[] }>({
    nb: ({ steps }) => `Avsluttet uten at dette er utført: ${listed('nb', steps)}.`,
    en: ({ steps }) => `Over without these having been done: ${listed('en', steps)}.`,
  }),
}
