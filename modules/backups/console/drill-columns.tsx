import type { Drill } from '@hevd/backups/contract'
import { Code, type Column, numeral, useLocale, useWords, When, words } from '@hevd/ui'
import { drillWords } from './source-words.ts'

const text = words({
  when: { nb: 'Når', en: 'When' },
  backup: { nb: 'Sikkerhetskopi', en: 'Backup' },
  outcome: { nb: 'Utfall', en: 'Outcome' },
  compared: { nb: 'Sammenlignet', en: 'Compared' },
  tables: {
    nb: (tables: string, rows: string) => `${tables} tabeller, ${rows} rader`,
    en: (tables: string, rows: string) => `${tables} tables, ${rows} rows`,
  },
  files: { nb: (files: string) => `${files} filer`, en: (files: string) => `${files} files` },
})

/** The columns of the drills of a source. */
export function useDrillColumns(): readonly Column<Drill>[] {
  const said = useWords(text)
  const outcomes = useWords(drillWords)
  const locale = useLocale()
  return [
    {
      key: 'when',
      head: said.when,
      width: '1.2fr',
      narrow: 'lead',
      sort: ({ at }) => at,
      cell: ({ at }) => <When at={at} />,
    },
    {
      key: 'outcome',
      head: said.outcome,
      width: '1.2fr',
      cell: ({ outcome, code }) => (
        <span className={outcome === 'passed' ? '' : 'text-fails'}>
          {outcomes[outcome]}
          {code !== null && <span className="block break-all text-sm">{code}</span>}
        </span>
      ),
    },
    {
      key: 'compared',
      head: said.compared,
      width: '1.4fr',
      cell: ({ tables, rows, files }) =>
        tables > 0
          ? said.tables(numeral(tables, locale), numeral(rows, locale))
          : said.files(numeral(files, locale)),
    },
    { key: 'backup', head: said.backup, width: '2fr', cell: ({ backup }) => <Code>{backup}</Code> },
  ]
}
