import { type ChangeEvent, useId, useState } from 'react'
import { Button } from './button.tsx'
import { TextArea } from './field.tsx'
import {
  ImportChanges,
  type ImportedChanges,
  type ImportedFile,
  type ImportedRegister,
} from './import-changes.tsx'
import { useWords } from './locale.tsx'
import { call } from './problem.ts'
import { useAction } from './resource.ts'
import { Fault } from './states.tsx'
import { words } from './words.ts'

const text = words({
  choose: { nb: 'Velg en fil', en: 'Choose a file' },
  noFile: { nb: 'Ingen fil er valgt', en: 'No file is chosen' },
  csv: { nb: 'Eller lim inn', en: 'Or paste' },
  preview: { nb: 'Vis hva som blir endret', en: 'Show what would change' },
})

/** Reads a CSV, shows what it would change in a register, and changes it when told to. @param help what its columns are */
export function FileImport<Item extends { readonly id: string }, Changes extends ImportedChanges<Item>>({
  help,
  of,
}: {
  readonly help: string
  readonly of: ImportedRegister<Item, Changes>
}) {
  const said = useWords(text)
  const id = useId()
  const [csv, setCsv] = useState('')
  const [name, setName] = useState<string | null>(null)
  const previewing = useAction({
    call: (file: ImportedFile) => call<Changes>('POST', `${of.path}/preview`, { ...file, ...of.sends }),
    refreshes: [],
  })
  const [preview, setPreview] = useState<{ readonly file: ImportedFile; readonly changes: Changes } | null>(
    null,
  )
  const show = async (file: ImportedFile) => {
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
    <>
      <div className="flex max-w-measure flex-col gap-6">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <input
            id={id}
            type="file"
            accept=".csv,.json,text/csv,application/json"
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
          help={help}
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
      {preview !== null && <ImportChanges file={preview.file} changes={preview.changes} of={of} />}
    </>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
