import type { Bilingual } from '@hevd/core'

/** What a cell says. */
export type Cell = string | boolean | null

/** A column that a file may have. */
export type Column<Field extends string> = {
  readonly field: Field
  /** What its header may be, in Norwegian and English, in small letters without marks between words. */
  readonly names: readonly string[]
  /** What messages call it: `startdato`, `start date`. */
  readonly header: Bilingual
  /** The header must be there, and no cell of it empty. */
  readonly required: boolean
  /** What a cell that is not empty says, or what is wrong with it; its own text where absent. */
  readonly means?: (cell: string) => Cell | Bilingual
}

/** The column a header stands for; undefined when none. */
export function columnOf<Field extends string>(
  columns: readonly Column<Field>[],
  header: string,
): Column<Field> | undefined {
  const plain = header
    .trim()
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\s_.-]/g, '')
  return columns.find(({ names }) => names.includes(plain))
}

/** One of a few words, in either language; `otherwise` says which there are. */
export function oneOf<Value extends string | boolean>(
  words: ReadonlyMap<string, Value>,
  otherwise: Bilingual,
): (cell: string) => Value | Bilingual {
  return (cell) => words.get(cell.toLowerCase()) ?? otherwise
}

/** Yes or no, in either language. */
export const yesOrNo = oneOf<boolean>(
  new Map([
    ['ja', true],
    ['yes', true],
    ['true', true],
    ['1', true],
    ['nei', false],
    ['no', false],
    ['false', false],
    ['0', false],
  ]),
  {
    nb: 'Skriv «ja» eller «nei», eller la feltet stå tomt.',
    en: 'Write “yes” or “no”, or leave it empty.',
  },
)

/** `d.m.yyyy` as ISO; anything else as it is, for the register's own rules to judge. */
export function isoDate(cell: string): string {
  const parts = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(cell)
  if (parts === null) return cell
  const [, day = '', month = '', year = ''] = parts
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
