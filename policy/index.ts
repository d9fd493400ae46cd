export { loadCatalogue } from './catalogue.ts'
export { policy } from './policy.ts'
