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
  csv: { nb: 'Eller lim inn', en: 'Or paste' },
  csvHelp: {
    nb: 'Første linje er overskrifter: id, name, kind (employee eller contractor), sponsor, startsOn, endsOn, voluntary. Datoer som 2026-11-25.',
    en: 'The first line has the headings: id, name, kind (employee or contractor), sponsor, startsOn, endsOn, voluntary. Dates as 2026-11-25.',
  },
  preview: { nb: 'Vis hva som blir endret', en: 'Show what would change' },
})

/** Reads a CSV, shows what it would change, and changes it when told to. */
export default function Import() {
  const said = useWords(text)
  const id = useId()
  const [csv, setCsv] = useState('')
  const previewing = useAction({
    call: (body: { csv: string }) => call<ImportPreview>('POST', '/api/people/import/preview', body),
    refreshes: [],
  })
  const [preview, setPreview] = useState<{ readonly csv: string; readonly changes: ImportPreview } | null>(null)
  const show = async (text: string) => {
    setCsv(text)
    const outcome = await previewing.run({ csv: text })
    setPreview(outcome.ok ? { csv: text, changes: outcome.answer } : null)
  }
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file !== undefined) await show(await file.text())
  }
  return (
    <Page title={said.title} lead={said.lead}>
      <div className="flex max-w-measure flex-col gap-6">
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className="font-medium">
            {said.choose}
          </label>
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            onChange={(event) => void choose(event)}
            className="text-ink-2 file:mr-4 file:min-h-10 file:cursor-pointer file:rounded-md file:border file:border-line-2 file:bg-raised file:px-4 file:font-medium file:text-ink"
          />
        </div>
        <TextArea
          label={said.csv}
          help={said.csvHelp}
          rows={6}
          spellCheck={false}
          value={csv}
          onChange={(event) => {
            setCsv(event.target.value)
            setPreview(null)
          }}
        />
        <div>
          <Button
            weight={preview === null ? 'main' : 'plain'}
            disabled={csv.trim() === ''}
            running={previewing.running}
            onClick={() => void show(csv)}
          >
            {said.preview}
          </Button>
          <Fault problem={previewing.problem} />
        </div>
      </div>
      {preview !== null && <ImportChanges csv={preview.csv} changes={preview.changes} />}
    </Page>
  )
}
