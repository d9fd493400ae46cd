import { fieldWords } from '@hevd/facts/field-words'
import type { ImportPreview, Person } from '@hevd/people/contract'
import {
  Button,
  call,
  Day,
  Fault,
  listedWords,
  numeral,
  places,
  Section,
  TextField,
  useAction,
  useGo,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import type { PeopleFile } from './import.tsx'
import { kindWords } from './kind-words.ts'

const text = words({
  faults: { nb: 'Feil i filen', en: 'Faults in the file' },
  faultsNote: { nb: 'Rett dem og vis endringene på nytt.', en: 'Mend them and show the changes again.' },
  line: { nb: 'Linje', en: 'Line' },
  added: { nb: 'Nye', en: 'New' },
  changed: { nb: 'Endres', en: 'Changed' },
  notInFile: { nb: 'Ikke i filen', en: 'Not in the file' },
  notInFileNote: { nb: 'Blir stående som de er.', en: 'Stay as they are.' },
  unchanged: { nb: 'uendret', en: 'unchanged' },
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
  late: {
    nb: (ids: string) => `Sluttdato som alt er passert, og føres for sent: ${ids}.`,
    en: (ids: string) => `End dates that have passed and are recorded late: ${ids}.`,
  },
  yes: { nb: 'ja', en: 'yes' },
  no: { nb: 'nei', en: 'no' },
  done: { nb: 'Personene er hentet.', en: 'The people were imported.' },
})

const shown = 12

/** What a file would change, and the step that changes it; many at once must be confirmed by their number. */
export function ImportChanges({
  file,
  changes,
}: {
  readonly file: PeopleFile
  readonly changes: ImportPreview
}) {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const count = changes.added.length + changes.changed.length
  const importing = useAction({
    call: (body: PeopleFile & { digest: string; confirmCount?: number }) =>
      call<unknown>('POST', '/api/people/import', body),
    refreshes: ['/api/people', '/api/account-owners', '/api/policy', '/api/findings'],
    done: text.done,
  })
  const confirmed = !changes.braked || typed.trim() === String(count)
  const run = async () => {
    const body = { ...file, digest: changes.digest, ...(changes.braked ? { confirmCount: count } : {}) }
    if ((await importing.run(body)).ok) go(places.people)
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
      <Reading changes={changes} />
      <People title={said.added} people={changes.added} />
      {changes.changed.length > 0 && (
        <Section title={said.changed} note={numeral(changes.changed.length, locale)}>
          <ul className="flex flex-col gap-3">
            {changes.changed.slice(0, shown).map(({ before, after }) => (
              <Changed key={after.id} before={before} after={after} />
            ))}
          </ul>
          <Rest count={changes.changed.length - shown} />
        </Section>
      )}
      <People title={said.notInFile} note={said.notInFileNote} people={changes.notInFile} />
      {count === 0 && changes.faults.length === 0 ? (
        <p className="border-line border-t py-8 text-ink-2">{said.nothing}</p>
      ) : (
        changes.faults.length === 0 && (
          <Section title={changes.braked ? said.brake : ''}>
            {changes.braked && (
              <div className="mb-6 flex max-w-measure flex-col gap-4">
                <p>{said.brakeWhat}</p>
                <div className="max-w-xs">
                  <TextField
                    label={said.count(numeral(count, locale))}
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
              {said.doIt(numeral(count, locale))}
            </Button>
            <Fault problem={importing.problem} />
          </Section>
        )
      )}
    </div>
  )
}

/** What the reader of the file should know: its encoding where it was guessed, unused columns, ends told late. */
function Reading({ changes }: { readonly changes: ImportPreview }) {
  const said = useWords(text)
  const locale = useLocale()
  const { encoding, ignoredColumns, late } = changes
  const notes = [
    ...(encoding === 'utf-8' ? [] : [said.encoding(encoding)]),
    ...(ignoredColumns.length === 0 ? [] : [said.ignored(listedWords(ignoredColumns, locale))]),
    ...(late.length === 0 ? [] : [said.late(listedWords(late.slice(0, shown), locale))]),
  ]
  if (notes.length === 0) return null
  return (
    <Section title={said.read}>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Section>
  )
}

function People({
  title,
  note,
  people,
}: {
  readonly title: string
  readonly note?: string
  readonly people: readonly Person[]
}) {
  const locale = useLocale()
  const kinds = useWords(kindWords)
  if (people.length === 0) return null
  return (
    <Section title={title} note={[numeral(people.length, locale), note].filter(Boolean).join('. ')}>
      <ul className="flex flex-col gap-1">
        {people.slice(0, shown).map((person) => (
          <li key={person.id}>
            <span className="font-medium">{person.name}</span>{' '}
            <span className="text-ink-2">
              {person.id} · {kinds[person.kind].toLowerCase()} · <Day date={person.startsOn} />
              {person.endsOn !== null && (
                <>
                  {' – '}
                  <Day date={person.endsOn} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Rest count={people.length - shown} />
    </Section>
  )
}

function Changed({ before, after }: { readonly before: Person; readonly after: Person }) {
  const locale = useLocale()
  const names = ['name', 'kind', 'sponsor', 'startsOn', 'endsOn', 'voluntary'] as const
  return (
    <li>
      <span className="font-medium">{after.name}</span> <span className="text-ink-2">{after.id}</span>
      {names
        .filter((name) => before[name] !== after[name])
        .map((name) => (
          <span key={name} className="block text-ink-2">
            {fieldWords.person[name][locale]}:{' '}
            <s>
              <Value person={before} field={name} />
            </s>{' '}
            →{' '}
            <span className="text-ink">
              <Value person={after} field={name} />
            </span>
          </span>
        ))}
    </li>
  )
}

/** One field of a person in the reader's words. */
function Value({ person, field }: { readonly person: Person; readonly field: keyof Person }) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const value = person[field]
  if (value === null) return <>–</>
  if (typeof value === 'boolean') return <>{value ? said.yes : said.no}</>
  if (field === 'kind') return <>{kinds[person.kind].toLowerCase()}</>
  if (field === 'startsOn' || field === 'endsOn') return <Day date={value} />
  return <>{value}</>
}

function Rest({ count }: { readonly count: number }) {
  const said = useWords(text)
  const locale = useLocale()
  return count <= 0 ? null : <p className="mt-2 text-ink-2">{said.more(numeral(count, locale))}</p>
}
