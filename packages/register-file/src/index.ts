export { type Cell, type Column, columnOf, isoDate, oneOf, yesOrNo } from './columns.ts'
export { type ImportConfig, importDefaults } from './config.ts'
export { type FileFault, type FileRow, type ReadFile, readCsv } from './csv.ts'
export { importErrors } from './errors.ts'
export {
  type Change,
  type FieldFault,
  type ImportPlan,
  planImport,
  type Refusal,
  type Rules,
  refusalOf,
  type Seen,
} from './plan.ts'
export { previewOf, sentFile } from './preview.ts'
export { searchText, sortKey } from './sort-key.ts'
export { wrongDate, wrongText } from './text-rules.ts'
