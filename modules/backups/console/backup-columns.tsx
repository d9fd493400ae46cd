import type { Backup } from '@hevd/backups/contract'
import { Ago, Code, type Column, sizeInWords, useLocale, useWords, When, words } from '@hevd/ui'
import { kindWords } from './source-words.ts'

const text = words({
  when: { nb: 'Tatt', en: 'Made' },
  name: { nb: 'Navn', en: 'Name' },
  needs: { nb: 'bygger på', en: 'needs' },
  size: { nb: 'Størrelse', en: 'Size' },
  looked: { nb: 'Filene sett på', en: 'Files looked at' },
  read: { nb: 'hver byte lest', en: 'every byte read' },
  notYet: { nb: 'ikke ennå', en: 'not yet' },
  found: { nb: 'Funnet', en: 'Found' },
  fine: { nb: 'kryptert og hel', en: 'encrypted and whole' },
  missed: {
    nb: (count: number) => `${count} kunne ikke leses`,
    en: (count: number) => `${count} could not be read`,
  },
  changed: { nb: 'en annen enn før', en: 'another than before' },
  missing: { nb: 'mangler', en: 'is missing' },
  plain: { nb: 'er ikke kryptert', en: 'is not encrypted' },
  recipients: { nb: 'har andre mottakere', en: 'has other recipients' },
  wrongSize: { nb: 'har feil størrelse', en: 'has the wrong size' },
  digest: { nb: 'har endret innhold', en: 'has changed content' },
})

/** The columns of the backups of a source. */
export function useBackupColumns(): readonly Column<Backup>[] {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const locale = useLocale()
  return [
    {
      key: 'when',
      head: said.when,
      width: '1.3fr',
      narrow: 'lead',
      sort: ({ startedAt }) => startedAt,
      cell: ({ startedAt, kind }) => (
        <>
          <When at={startedAt} />
          <span className="block text-ink-2 text-sm">{kinds[kind]}</span>
        </>
      ),
    },
    {
      key: 'name',
      head: said.name,
      width: '2fr',
      cell: ({ backup, parent }) => (
        <>
          <Code>{backup}</Code>
          {parent !== null && (
            <span className="block text-ink-2 text-sm">
              {said.needs} <Code>{parent}</Code>
            </span>
          )}
        </>
      ),
    },
    {
      key: 'size',
      head: said.size,
      width: '1fr',
      sort: ({ bytes }) => bytes,
      cell: ({ bytes }) => sizeInWords(bytes, locale),
    },
    {
      key: 'looked',
      head: said.looked,
      width: '1.2fr',
      cell: ({ headersAt, readAt }) => (
        <>
          {headersAt === null ? <span className="text-unknown">{said.notYet}</span> : <Ago at={headersAt} />}
          {readAt !== null && (
            <span className="block text-ink-2 text-sm">
              {said.read} <Ago at={readAt} />
            </span>
          )}
        </>
      ),
    },
    { key: 'found', head: said.found, width: '1.6fr', cell: (backup) => <Found of={backup} /> },
  ]
}

function Found({ of: { faults, missed, changed, headersAt } }: { readonly of: Backup }) {
  const said = useWords(text)
  const wrong: { readonly [fault: string]: string } = {
    missing: said.missing,
    plain: said.plain,
    recipients: said.recipients,
    size: said.wrongSize,
    digest: said.digest,
  }
  const told = [
    ...faults.map(({ file, fault }) => `${file} ${wrong[fault] ?? fault}`),
    ...(missed > 0 ? [said.missed(missed)] : []),
    ...(changed ? [said.changed] : []),
  ]
  if (told.length > 0)
    return (
      <ul className="break-words text-fails">
        {told.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    )
  return headersAt === null ? '–' : said.fine
}
