import type { importedDraft } from '@hevd/amendments/contract'
import {
  Button,
  ChooseFile,
  Code,
  call,
  Fault,
  places,
  TextArea,
  TextField,
  useAction,
  useGo,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  what: {
    nb: 'Det filen sier annerledes enn policyen som gjelder, blir et utkast. Ingenting gjelder før det er godkjent.',
    en: 'What the file says otherwise than the policy in force becomes a draft. Nothing takes effect before it is approved.',
  },
  paste: { nb: 'Eller lim inn', en: 'Or paste' },
  name: { nb: 'Navn på utkastet', en: 'Name of the draft' },
  make: { nb: 'Lag utkastet', en: 'Make the draft' },
  same: {
    nb: 'Filen sier det samme som policyen som gjelder. Det er ingenting å endre.',
    en: 'The file says the same as the policy in force. There is nothing to change.',
  },
  faults: {
    nb: (count: number) =>
      count === 1
        ? 'Ett sted i filen ble ikke forstått. Ingenting er lest inn.'
        : `${count} steder i filen ble ikke forstått. Ingenting er lest inn.`,
    en: (count: number) =>
      count === 1
        ? 'One place in the file was not understood. Nothing was read in.'
        : `${count} places in the file were not understood. Nothing was read in.`,
  },
})

type Imported = ReturnType<typeof importedDraft.parse>

/** A YAML of the policy becomes a draft, or the places in it that were not understood. */
export function ImportPolicy() {
  const said = useWords(text)
  const go = useGo()
  const [name, setName] = useState<string | null>(null)
  const [title, setTitle] = useState('')
  const [yaml, setYaml] = useState('')
  const importing = useAction({
    call: () => call<Imported>('POST', '/api/policy/drafts/import', { title, yaml }),
    refreshes: ['/api/policy/drafts'],
  })
  const choose = async (file: File) => {
    importing.reset()
    setName(file.name)
    if (title === '') setTitle(file.name.replace(/\.ya?ml$/i, ''))
    setYaml(await file.text())
  }
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await importing.run(undefined)
    if (outcome.ok && outcome.answer.draft !== null) go(places.draft(outcome.answer.draft))
  }
  const answer = importing.answer
  return (
    <form onSubmit={(event) => void make(event)} className="flex max-w-measure flex-col gap-6">
      <p className="text-ink-2">{said.what}</p>
      <ChooseFile accept=".yaml,.yml" name={name} onChoose={(file) => void choose(file)} />
      <div className="[&_textarea]:font-mono [&_textarea]:text-sm">
        <TextArea
          label={said.paste}
          rows={8}
          spellCheck={false}
          required
          value={yaml}
          onChange={({ target }) => {
            setYaml(target.value)
            setName(null)
            importing.reset()
          }}
        />
      </div>
      <TextField
        label={said.name}
        required
        maxLength={200}
        value={title}
        onChange={({ target }) => setTitle(target.value)}
      />
      {answer !== null && answer.faults.length > 0 && <Faults of={answer.faults} />}
      {answer !== null && answer.faults.length === 0 && answer.draft === null && (
        <p role="status" className="border-line-2 border-l-2 pl-3">
          {said.same}
        </p>
      )}
      <Fault problem={importing.problem} />
      <div>
        <Button weight="main" type="submit" running={importing.running}>
          {said.make}
        </Button>
      </div>
    </form>
  )
}

function Faults({ of }: { readonly of: Imported['faults'] }) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <div role="alert" className="border-fails border-l-2 pl-4">
      <p className="font-medium">{said.faults(of.length)}</p>
      <ul className="mt-3 flex flex-col gap-3">
        {of.map(({ path, words: fault }) => (
          <li key={`${path}|${fault.nb}`}>
            <Code>{path}</Code>
            <span className="block">{fault[locale]}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
