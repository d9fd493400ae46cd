export { loadCatalogue } from './catalogue.ts'
export { policy } from './policy.ts'
export { loadVocabulary } from './vocabulary.ts'
