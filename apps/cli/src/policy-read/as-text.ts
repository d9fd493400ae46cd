import type { Catalogue, Control, Locale } from '@hevd/core'
import type { ParameterProposal, Proposal, ReadPolicy, ReadSentence } from '@hevd/policy-reader'
import { type Terminal, wrapped } from '../terminal.ts'

type Why = Extract<ParameterProposal, { readonly value: null }>['why']

const words = {
  nb: {
    title: (file: string, sentences: number) =>
      `${file}: ${sentences} ${sentences === 1 ? 'setning' : 'setninger'} på bokmål`,
    english: (file: string, sentences: number) =>
      `${file}: ${sentences} ${sentences === 1 ? 'setning' : 'setninger'} på engelsk`,
    counts: (belong: number, controls: number, all: number, untested: number) =>
      `${belong} hører til ${controls} av ${all} kontroller · ${untested} testes ikke av noe`,
    quoted: (text: string) => `«${text}»`,
    decided: (list: string) => `Avgjort av: ${list}`,
    above: (text: string) => `${text} (over setningen)`,
    parameter: (title: string, value: string, said: string) => `${title}: ${value} («${said}»)`,
    unsure: (title: string, said: string, why: string) => `${title}: ikke foreslått, for «${said}» ${why}`,
    untested: 'Testes ikke av noe',
    noPromise: (text: string) => `lover ingenting ennå, eller ikke for dere: «${text}»`,
    unmentioned: 'Kontroller som siden ikke nevner',
    why: {
      'business-days': 'er virkedager, og fristene regnes i kalenderdager',
      range: 'er to verdier',
      ambiguous: 'kan bety to ting',
      'not-whole': 'går ikke opp i hele enheter',
      'bare-version': 'sier ikke at nyere versjoner også godtas',
      several: 'er flere verdier',
      shared: 'kan gjelde flere parametere',
      'not-an-option': 'er ikke et valg kontrollen har',
    },
  },
  en: {
    title: (file: string, sentences: number) =>
      `${file}: ${sentences} ${sentences === 1 ? 'sentence' : 'sentences'} in Norwegian`,
    english: (file: string, sentences: number) =>
      `${file}: ${sentences} ${sentences === 1 ? 'sentence' : 'sentences'} in English`,
    counts: (belong: number, controls: number, all: number, untested: number) =>
      `${belong} belong to ${controls} of ${all} controls · nothing tests ${untested}`,
    quoted: (text: string) => `“${text}”`,
    decided: (list: string) => `Decided by: ${list}`,
    above: (text: string) => `${text} (above the sentence)`,
    parameter: (title: string, value: string, said: string) => `${title}: ${value} (“${said}”)`,
    unsure: (title: string, said: string, why: string) => `${title}: not proposed, since “${said}” ${why}`,
    untested: 'Nothing tests these',
    noPromise: (text: string) => `promises nothing yet, or not for you: “${text}”`,
    unmentioned: 'Controls that the page does not mention',
    why: {
      'business-days': 'is in business days, and deadlines count calendar days',
      range: 'is two values',
      ambiguous: 'can mean two things',
      'not-whole': 'does not come out in whole units',
      'bare-version': 'does not say that newer versions count too',
      several: 'is several values',
      shared: 'may be said of several parameters',
      'not-an-option': 'is not a choice the control has',
    },
  },
} as const satisfies Record<Locale, { readonly why: Record<Why, string>; readonly [name: string]: unknown }>

/** What `hevd policy read` prints for people: each control with its sentences, then what nothing tests, then what is not said. */
export function policyReadText(
  read: ReadPolicy,
  catalogue: Catalogue,
  locale: Locale,
  { columns }: Pick<Terminal, 'columns'>,
): string[] {
  const say = words[locale]
  const controls = [...catalogue.controls.values()]
  const said = controls.map((control) => ({
    control,
    sentences: read.sentences.flatMap((sentence) => forControl(sentence, control)),
  }))
  const mentioned = said.filter(({ sentences }) => sentences.length > 0)
  const unmentioned = said.filter(({ sentences }) => sentences.length === 0)
  const untested = read.sentences.filter(({ proposals }) => proposals.length === 0)
  const count = read.sentences.length
  return [
    ...wrapped(
      read.language === 'nb' ? say.title(read.name, count) : say.english(read.name, count),
      columns,
      0,
    ),
    ...wrapped(
      say.counts(count - untested.length, mentioned.length, controls.length, untested.length),
      columns,
      2,
    ),
    ...mentioned.flatMap(({ control, sentences }) => [
      '',
      ...wrapped(`${control.title[locale]} · ${control.id}`, columns, 0),
      ...sentences.flatMap(({ sentence, proposal }) =>
        sentenceLines(sentence, proposal, control, locale, columns),
      ),
    ]),
    ...(untested.length > 0 ? ['', say.untested] : []),
    ...untested.flatMap(({ text, noPromise }) => [
      ...wrapped(say.quoted(text), columns, 2),
      ...(noPromise === null ? [] : wrapped(say.noPromise(noPromise), columns, 4)),
    ]),
    ...(unmentioned.length > 0 ? ['', say.unmentioned] : []),
    ...unmentioned.flatMap(({ control }) => wrapped(`${control.title[locale]} · ${control.id}`, columns, 2)),
  ]
}

function forControl(
  sentence: ReadSentence,
  { id }: Control,
): { sentence: ReadSentence; proposal: Proposal }[] {
  return sentence.proposals
    .filter(({ control }) => control === id)
    .map((proposal) => ({ sentence, proposal }))
}

function sentenceLines(
  sentence: ReadSentence,
  { evidence, parameters }: Proposal,
  control: Control,
  locale: Locale,
  columns: number,
): string[] {
  const say = words[locale]
  const decided = evidence.words
    .map(({ text, where }) => (where === 'above' ? say.above(text) : text))
    .join(' + ')
  return [
    ...wrapped(say.quoted(sentence.text), columns, 2),
    ...wrapped(say.decided(decided), columns, 4),
    ...parameters.flatMap((each) => {
      const title =
        control.parameters.find(({ name }) => name === each.parameter)?.title[locale] ?? each.parameter
      const line =
        each.value === null
          ? say.unsure(title, each.said, say.why[each.why])
          : say.parameter(title, [each.value].flat().join(', '), each.said)
      return wrapped(line, columns, 4)
    }),
  ]
}
