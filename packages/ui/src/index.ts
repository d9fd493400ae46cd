export { type Band, Bands } from './bands.tsx'
export { Button, ButtonLink, type ButtonProps, type Weight } from './button.tsx'
export { Choices, type Option } from './choices.tsx'
export { now, useNow } from './clock.ts'
export { type ControlPart, ControlParts, ControlPartsProvider } from './control-parts.tsx'
export { Dialog, DialogActions, type DialogProps } from './dialog.tsx'
export { useFavicon } from './favicon.ts'
export { SelectField, TextArea, TextField } from './field.tsx'
export { FileImport } from './file-import.tsx'
export type { ImportedChanges, ImportedFile, ImportedRegister } from './import-changes.tsx'
export { Link, type LinkProps, useGo, useHere, useParam, useQueryText, useReplace } from './link.tsx'
export { LocaleProvider, useChooseLocale, useLocale, useRead, useWords } from './locale.tsx'
export { Mark, Shape, stateInk, statesWorstFirst, stateTitle, stateWord, stateWords } from './mark.tsx'
export { Menu, MenuChoice, MenuItem, MenuLine } from './menu.tsx'
export { Code, Facts, Page, Section, useTitle } from './page.tsx'
export { PagedTable } from './paged-table.tsx'
export type { Command } from './palette.tsx'
export { PersonPicker } from './person-picker.tsx'
export { type Choice, PickField } from './pick-field.tsx'
export { places } from './places.ts'
export { asProblem, call, Problem } from './problem.ts'
export { checkProof, type ProofAnswer } from './proof.ts'
export { type Reader, ReaderProvider, useMayChange, useReader } from './reader.tsx'
export {
  type Action,
  type Page as PageOf,
  type Pages,
  type Resource,
  useAction,
  useNumberedPages,
  usePages,
  useResource,
} from './resource.ts'
export { Ring } from './ring.tsx'
export type { Screen } from './screen.ts'
export { SearchBox } from './search-box.tsx'
export { useSettled } from './settled.ts'
export { EmptyState, ErrorState, Fault, Forbidden, Loaded, Loading } from './states.tsx'
export { Strip, type StripMark, type StripSection } from './strip.tsx'
export { type Column, Table } from './table.tsx'
export { type Theme, ThemeProvider, themes, useTheme } from './theme.tsx'
export { dateInWords, durationInWords, exact, lasting, machineTime, moment } from './time.ts'
export { ToastProvider, useToast } from './toast.tsx'
export { BelievedUntil, VerdictLine, type VerdictTimes } from './verdict-line.tsx'
export { Ago, Day, When } from './when.tsx'
export { Who } from './who.tsx'
export { languageTag, listedWords, numeral, read, type Said, say, type WordTable, words } from './words.ts'
