import type { Locale } from '@hevd/core'
import type { Block } from './blocks.ts'
import { ReaderError } from './errors.ts'
import { languageOf } from './language.ts'
import { Lexicon } from './lexicon.ts'
import { type ParameterProposal, parametersIn } from './parameters.ts'
import { type Evidence, evidenceFor, hear, partsOf } from './propose.ts'
import { readFile } from './read-file.ts'
import { type Sentence, sentencesOf } from './sentences.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A control that a sentence is proposed for. */
export type Proposal = {
  readonly control: string
  readonly evidence: Evidence
  readonly parameters: readonly ParameterProposal[]
}

export type ReadSentence = Sentence & {
  readonly language: Locale
  /** In the order of the policy; none: nothing tests this sentence. */
  readonly proposals: readonly Proposal[]
  /** Words by which the sentence promises nothing yet, or is the reader's own duty; null where there are none. */
  readonly noPromise: string | null
}

export type ReadPolicy = {
  readonly name: string
  readonly language: Locale
  readonly sentences: readonly ReadSentence[]
}

/**
 * Reads a policy: which control and which parameters each of its sentences belongs to. A sentence in the other language
 * is read in its own, unless a language was `asked` for. Throws `ReaderError`.
 */
export function readPolicy(
  file: { readonly name: string; readonly bytes: Uint8Array },
  vocabulary: Vocabulary,
  asked: Locale | null = null,
): ReadPolicy {
  const { name } = file
  const blocks = readFile(name, file.bytes)
  const sentences = sentencesOf(blocks)
  if (sentences.length === 0) throw new ReaderError('nothing-said', { name })
  const language = asked ?? languageOfPage(name, blocks)
  const lexicons = { nb: new Lexicon(vocabulary, 'nb'), en: new Lexicon(vocabulary, 'en') }
  const read = sentences
    .map((sentence) => {
      const own = asked ?? languageOf(sentence.text)?.readable ?? language
      return readSentence(sentence, lexicons[own], vocabulary)
    })
    .filter(({ isHeading, proposals }) => !isHeading || proposals.length > 0)
  return { name, language, sentences: read }
}

function languageOfPage(name: string, blocks: readonly Block[]): Locale {
  const found = languageOf(
    blocks.map((block) => (block.kind === 'row' ? block.cells.join(' ') : block.text)).join('\n'),
  )
  if (found === null) throw new ReaderError('language-unclear', { name })
  if (found.readable === null) throw new ReaderError('other-language', { name, found: found.language })
  return found.readable
}

function readSentence(sentence: Sentence, lexicon: Lexicon, vocabulary: Vocabulary): ReadSentence {
  const { language } = lexicon
  const heard = hear(sentence.text, sentence.above, lexicon)
  const [none] = lexicon.find(heard.words)(vocabulary.noPromise[language])
  if (none !== undefined) {
    const noPromise = sentence.text.slice(heard.words[none.from]?.start, heard.words[none.to - 1]?.end)
    return { ...sentence, language, proposals: [], noPromise }
  }
  const spoken = { ...heard, isRow: sentence.text.includes(' · ') }
  const parts = partsOf(heard)
  const found = vocabulary.controls.flatMap((terms) => {
    const evidence = evidenceFor(parts, terms[language])
    return evidence === null ? [] : [{ terms, evidence, starts: startsOf(evidence) }]
  })
  const proposals = found.map(({ terms, evidence, starts }): Proposal => {
    const others = found.flatMap((each) => each.starts).filter((start) => !starts.includes(start))
    const options = (parameter: string) => vocabulary.options.get(`${terms.control}.${parameter}`) ?? null
    const specs = terms[language].parameters ?? {}
    return {
      control: terms.control,
      evidence,
      parameters: parametersIn(spoken, specs, options, { own: starts, others }),
    }
  })
  return { ...sentence, language, proposals, noPromise: null }
}

function startsOf({ words }: Evidence): number[] {
  return words.flatMap(({ start }) => (start === null ? [] : [start]))
}
