import { useState } from 'react'
import { Button } from './button.tsx'
import { base64Of, ChooseFile } from './choose-file.tsx'
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
  const choose = async (file: File) => {
    setCsv('')
    setName(file.name)
    await show({ base64: await base64Of(file) })
  }
  return (
    <>
      <div className="flex max-w-measure flex-col gap-6">
        <ChooseFile
          accept=".csv,.json,text/csv,application/json"
          name={name}
          onChoose={(file) => void choose(file)}
        />
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
