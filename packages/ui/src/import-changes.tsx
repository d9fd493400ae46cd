import type { Bilingual, Locale } from '@hevd/core'
import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import { useGo } from './link.tsx'
import { useLocale, useWords } from './locale.tsx'
import { Section } from './page.tsx'
import { call } from './problem.ts'
import { useAction } from './resource.ts'
import { Fault } from './states.tsx'
import { listedWords, numeral, words } from './words.ts'

/** A file goes as its bytes, so that the server sees its encoding; what was pasted goes as text. */
export type ImportedFile = { readonly csv: string } | { readonly base64: string }

/** What a file would change in a register (importPreviewOf in @hevd/register-file). */
export type ImportedChanges<Item> = {
  readonly digest: string
  readonly added: readonly Item[]
  readonly changed: readonly { readonly before: Item; readonly after: Item }[]
  readonly notInFile: readonly Item[]
  readonly unchanged: number
  readonly faults: readonly { readonly line: number; readonly field: string; nb: string; en: string }[]
  readonly encoding: string
  readonly ignoredColumns: readonly string[]
  readonly braked: boolean
}

/** A register that takes files, and how its items read. */
export type ImportedRegister<Item extends { readonly id: string }, Changes extends ImportedChanges<Item>> = {
  /** Address of the import; that of the preview is the same with `/preview`. */
  readonly path: string
  /** What is sent with the file, such as which of several lists it is. */
  readonly sends?: { readonly [name: string]: string }
  /** The file takes the register's place: what is not in it goes. Otherwise that stays. */
  readonly replaces?: boolean
  /** The register's own screen. */
  readonly home: string
  readonly refreshes: readonly string[]
  readonly done: Bilingual
  /** What is called out about a file beside its encoding and its unknown columns. */
  notes(changes: Changes, locale: Locale): readonly string[]
  nameOf(item: Item): string
  /** What stands behind the name of an item. */
  readonly Details: (props: { readonly item: Item }) => ReactNode
  /** Fields in the order in which changes are told, and what each is called. */
  readonly fields: readonly (readonly [keyof Item, Bilingual])[]
  readonly Value: (props: { readonly item: Item; readonly field: keyof Item }) => ReactNode
}

const text = words({
  faults: { nb: 'Feil i filen', en: 'Faults in the file' },
  faultsNote: { nb: 'Rett dem og vis endringene på nytt.', en: 'Mend them and show the changes again.' },
  line: { nb: 'Linje', en: 'Line' },
  added: { nb: 'Nye', en: 'New' },
  changed: { nb: 'Endres', en: 'Changed' },
  notInFile: { nb: 'Ikke i filen', en: 'Not in the file' },
  notInFileNote: { nb: 'Blir stående som de er.', en: 'Stay as they are.' },
  goes: { nb: 'Blir borte fra listen.', en: 'Go from the list.' },
  replace: { nb: 'Bruk denne listen', en: 'Use this list' },
  replaceCount: {
    nb: (count: string) => `Antall som kommer, endres eller blir borte (${count})`,
    en: (count: string) => `The number to come, change or go (${count})`,
  },
  more: { nb: (count: string) => `og ${count} til`, en: (count: string) => `and ${count} more` },
  nothing: { nb: 'Filen endrer ingenting.', en: 'The file changes nothing.' },
  brake: { nb: 'Mange endringer på én gang', en: 'Many changes at once' },
  brakeWhat: {
    nb: 'Så mange endringer kan være en feil i filen. Skriv antallet for å vise at det er ment slik.',
    en: 'So many changes may be a fault of the file. Type the number to show that it is meant.',
  },
  count: {
    nb: (count: string) => `Antall som blir lagt til eller endret (${count})`,
    en: (count: string) => `The number to be added or changed (${count})`,
  },
  doIt: {
    nb: (count: string) => `Legg til og endre ${count}`,
    en: (count: string) => `Add and change ${count}`,
  },
  read: { nb: 'Slik er filen lest', en: 'How the file was read' },
  encoding: {
    nb: (name: string) => `Tegnsett ${name}. Se at navnene er riktige.`,
    en: (name: string) => `Encoding ${name}. See that the names are right.`,
  },
  ignored: {
    nb: (names: string) => `Kolonner som ikke brukes: ${names}.`,
    en: (names: string) => `Columns that are not used: ${names}.`,
  },
})

const shown = 12

/** What a file would change, and the step that changes it; many at once must be confirmed by their number. */
export function ImportChanges<Item extends { readonly id: string }, Changes extends ImportedChanges<Item>>({
  file,
  changes,
  of,
}: {
  readonly file: ImportedFile
  readonly changes: Changes
  readonly of: ImportedRegister<Item, Changes>
}) {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const replaces = of.replaces ?? false
  const count = changes.added.length + changes.changed.length + (replaces ? changes.notInFile.length : 0)
  const importing = useAction({
    call: (body: ImportedFile & { digest: string; confirmCount?: number }) =>
      call<unknown>('POST', of.path, body),
    refreshes: of.refreshes,
    done: of.done,
  })
  const confirmed = !changes.braked || typed.trim() === String(count)
  const run = async () => {
    const body = {
      ...file,
      ...of.sends,
      digest: changes.digest,
      ...(changes.braked ? { confirmCount: count } : {}),
    }
    if ((await importing.run(body)).ok) go(of.home)
  }
  return (
    <div className="mt-12">
      {changes.faults.length > 0 && (
        <Section title={said.faults} note={said.faultsNote}>
          <ul className="flex flex-col gap-2">
            {changes.faults.map((fault) => (
              <li key={`${fault.line}|${fault.field}|${fault.nb}`} className="text-fails">
                {said.line} {fault.line}, {fault.field}: {fault[locale]}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Reading changes={changes} notes={of.notes(changes, locale)} />
      <Items title={said.added} items={changes.added} of={of} />
      {changes.changed.length > 0 && (
        <Section title={said.changed} note={numeral(changes.changed.length, locale)}>
          <ul className="flex flex-col gap-3">
            {changes.changed.slice(0, shown).map(({ before, after }) => (
              <Changed key={after.id} before={before} after={after} of={of} />
            ))}
          </ul>
          <Rest count={changes.changed.length - shown} />
        </Section>
      )}
      <Items
        title={said.notInFile}
        note={replaces ? said.goes : said.notInFileNote}
        items={changes.notInFile}
        of={of}
      />
      {count === 0 && !replaces && changes.faults.length === 0 ? (
        <p className="border-line border-t py-8 text-ink-2">{said.nothing}</p>
      ) : (
        changes.faults.length === 0 && (
          <Section title={changes.braked ? said.brake : ''}>
            {changes.braked && (
              <div className="mb-6 flex max-w-measure flex-col gap-4">
                <p>{said.brakeWhat}</p>
                <div className="max-w-xs">
                  <TextField
                    label={(replaces ? said.replaceCount : said.count)(numeral(count, locale))}
                    inputMode="numeric"
                    value={typed}
                    onChange={({ target }) => setTyped(target.value)}
                  />
                </div>
              </div>
            )}
            <Button
              weight="main"
              disabled={!confirmed}
              running={importing.running}
              onClick={() => void run()}
            >
              {replaces ? said.replace : said.doIt(numeral(count, locale))}
            </Button>
            <Fault problem={importing.problem} />
          </Section>
        )
      )}
    </div>
  )
}

/** What the reader of the file should know: its encoding where it was guessed, unused columns, and the register's own. */
function Reading({
  changes: { encoding, ignoredColumns },
  notes,
}: {
  readonly changes: Pick<ImportedChanges<unknown>, 'encoding' | 'ignoredColumns'>
  readonly notes: readonly string[]
}) {
  const said = useWords(text)
  const locale = useLocale()
  const all = [
    ...(encoding === 'utf-8' ? [] : [said.encoding(encoding)]),
    ...(ignoredColumns.length === 0 ? [] : [said.ignored(listedWords(ignoredColumns, locale))]),
    ...notes,
  ]
  if (all.length === 0) return null
  return (
    <Section title={said.read}>
      {all.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Section>
  )
}

type Reads<Item extends { readonly id: string }> = Pick<
  ImportedRegister<Item, ImportedChanges<Item>>,
  'nameOf' | 'Details' | 'fields' | 'Value'
>

function Items<Item extends { readonly id: string }>({
  title,
  note,
  items,
  of: { nameOf, Details },
}: {
  readonly title: string
  readonly note?: string
  readonly items: readonly Item[]
  readonly of: Reads<Item>
}) {
  const locale = useLocale()
  if (items.length === 0) return null
  return (
    <Section title={title} note={[numeral(items.length, locale), note].filter(Boolean).join('. ')}>
      <ul className="flex flex-col gap-1">
        {items.slice(0, shown).map((item) => (
          <li key={item.id}>
            <span className="font-medium">{nameOf(item)}</span>{' '}
            <span className="text-ink-2">
              <Details item={item} />
            </span>
          </li>
        ))}
      </ul>
      <Rest count={items.length - shown} />
    </Section>
  )
}

function Changed<Item extends { readonly id: string }>({
  before,
  after,
  of: { nameOf, fields, Value },
}: {
  readonly before: Item
  readonly after: Item
  readonly of: Reads<Item>
}) {
  const locale = useLocale()
  return (
    <li>
      <span className="font-medium">{nameOf(after)}</span> <span className="text-ink-2">{after.id}</span>
      {fields
        .filter(([field]) => before[field] !== after[field])
        .map(([field, called]) => (
          <span key={String(field)} className="block text-ink-2">
            {called[locale]}:{' '}
            <s>
              <Value item={before} field={field} />
            </s>{' '}
            →{' '}
            <span className="text-ink">
              <Value item={after} field={field} />
            </span>
          </span>
        ))}
    </li>
  )
}

function Rest({ count }: { readonly count: number }) {
  const said = useWords(text)
  const locale = useLocale()
  return count <= 0 ? null : <p className="mt-2 text-ink-2">{said.more(numeral(count, locale))}</p>
}
