import type { ImportPreview } from '@hevd/people/contract'
import { Button, call, Fault, Page, TextArea, useAction, useWords, words } from '@hevd/ui'
import { type ChangeEvent, useId, useState } from 'react'
import { ImportChanges } from './import-changes.tsx'

const text = words({
  title: { nb: 'Hent personer fra fil', en: 'Import people from a file' },
  lead: {
    nb: 'Du ser hva som blir endret, før noe endres. De som ikke står i filen, blir stående som de er.',
    en: 'You see what would change before anything does. Those who are not in the file stay as they are.',
  },
  choose: { nb: 'Velg en CSV-fil', en: 'Choose a CSV file' },
  noFile: { nb: 'Ingen fil er valgt', en: 'No file is chosen' },
  csv: { nb: 'Eller lim inn', en: 'Or paste' },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, navn, type (ansatt eller innleid), sponsor, startdato, sluttdato, frivillig. Datoer som 2026-11-25.',
    en: 'The first line has the headings: id, name, kind (employee or contractor), sponsor, start date, end date, voluntary. Dates as 2026-11-25.',
  },
  preview: { nb: 'Vis hva som blir endret', en: 'Show what would change' },
})

/** A file goes as its bytes, so that the server sees its encoding; what was pasted goes as text. */
export type PeopleFile = { readonly csv: string } | { readonly base64: string }

/** Reads a CSV, shows what it would change, and changes it when told to. */
export default function Import() {
  const said = useWords(text)
  const id = useId()
  const [csv, setCsv] = useState('')
  const [name, setName] = useState<string | null>(null)
  const previewing = useAction({
    call: (file: PeopleFile) => call<ImportPreview>('POST', '/api/people/import/preview', file),
    refreshes: [],
  })
  const [preview, setPreview] = useState<{
    readonly file: PeopleFile
    readonly changes: ImportPreview
  } | null>(null)
  const show = async (file: PeopleFile) => {
    const outcome = await previewing.run(file)
    setPreview(outcome.ok ? { file, changes: outcome.answer } : null)
  }
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file === undefined) return
    setCsv('')
    setName(file.name)
    await show({ base64: base64(new Uint8Array(await file.arrayBuffer())) })
  }
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="flex max-w-measure flex-col gap-6">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => void choose(event)}
            className="peer sr-only"
          />
          <label
            htmlFor={id}
            className="inline-flex min-h-10 items-center rounded-md border border-line-2 bg-raised px-4 font-medium hover:border-ink-3 peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2"
          >
            {said.choose}
          </label>
          <span className="min-w-0 break-all text-ink-2">{name ?? said.noFile}</span>
        </div>
        <TextArea
          label={said.csv}
          help={said.csvHelp}
          rows={6}
          spellCheck={false}
          value={csv}
          onChange={(event) => {
            setCsv(event.target.value)
            setName(null)
            setPreview(null)
          }}
        />
        <div>
          <Button
            weight={preview === null ? 'main' : 'plain'}
            disabled={csv.trim() === ''}
            running={previewing.running}
            onClick={() => void show({ csv })}
          >
            {said.preview}
          </Button>
          <Fault problem={previewing.problem} />
        </div>
      </div>
      {preview !== null && <ImportChanges file={preview.file} changes={preview.changes} />}
    </Page>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
