export { loadCatalogue } from './catalogue.ts'
export { type Framework, frameworks } from './frameworks.ts'
export { policy } from './policy.ts'
export { loadVocabulary } from './vocabulary.ts'
