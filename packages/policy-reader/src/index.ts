export type { Block } from './blocks.ts'
export { ReaderError, type ReaderErrorCode, readerErrors } from './errors.ts'
export type { ParameterProposal, ParameterValue } from './parameters.ts'
export type { Evidence } from './propose.ts'
export type { Unsure } from './quantities/quantity.ts'
export { largest, readFile, refuseLarge } from './read-file.ts'
export { type Proposal, type ReadPolicy, type ReadSentence, readPolicy } from './read-policy.ts'
export { type Sentence, sentencesOf } from './sentences.ts'
export type {
  ControlTerms,
  Group,
  LanguageTerms,
  ParameterTerms,
  Reading,
  Term,
  Vocabulary,
} from './vocabulary.ts'
