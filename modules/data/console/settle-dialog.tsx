import type { FoundObject, ListedDataSet, SettlingFound } from '@hevd/data/contract'
import {
  Button,
  type Choice,
  Choices,
  call,
  Dialog,
  DialogActions,
  Fault,
  PickField,
  TextArea,
  useAction,
  usePages,
  useSettled,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'Hva er dette?', en: 'What is this?' },
  choice: { nb: 'Hva funnet er', en: 'What the find is' },
  set: { nb: 'Et datasett vi har', en: 'A data set we have' },
  none: { nb: 'Ikke noe datasett', en: 'No data set' },
  dataSet: { nb: 'Datasett', en: 'Data set' },
  dataSetHelp: { nb: 'Søk etter navn eller kortnavn.', en: 'Search for a name or short name.' },
  reason: { nb: 'Hvorfor ikke', en: 'Why not' },
  reasonHelp: {
    nb: 'For eksempel oppdiktede testdata. Begrunnelsen vises for revisor.',
    en: 'For instance made data for testing. The reason is shown to auditors.',
  },
  save: { nb: 'Lagre', en: 'Save' },
  back: { nb: 'Ta tilbake avgjørelsen', en: 'Take the decision back' },
  saved: { nb: 'Avgjørelsen er lagret.', en: 'The decision was saved.' },
})

const refreshes = ['/api/data-finds', '/api/policy', '/api/findings']

/** Ties what was found to a set there is, says why it is none, or takes either back. */
export default function SettleDialog({ found, onClose }: { readonly found: FoundObject; onClose(): void }) {
  const said = useWords(text)
  const { place, object } = found
  const [as, setAs] = useState<'set' | 'none'>(found.reason === null ? 'set' : 'none')
  const [set, setSet] = useState<Choice | null>(found.dataSet)
  const [reason, setReason] = useState(found.reason ?? '')
  const saving = useAction({
    call: (body: SettlingFound) => call<unknown>('POST', '/api/data-finds/settle', body),
    refreshes,
    done: text.saved,
  })
  const run = async (body: SettlingFound) => {
    if ((await saving.run(body)).ok) onClose()
  }
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (as === 'none') void run({ as, place, object, reason })
    else if (set !== null) void run({ as, place, object, dataSet: set.id })
  }
  return (
    <Dialog open onClose={onClose} title={said.title}>
      <form onSubmit={save} className="flex flex-col gap-5">
        <p className="break-words text-ink-2">
          {object} · {found.placeName}
        </p>
        <Choices<'set' | 'none'>
          label={said.choice}
          value={as}
          options={[
            { value: 'set', label: said.set },
            { value: 'none', label: said.none },
          ]}
          onChoose={setAs}
        />
        {as === 'set' ? (
          <DataSetPicker label={said.dataSet} help={said.dataSetHelp} value={set} onChoose={setSet} />
        ) : (
          <TextArea
            label={said.reason}
            help={said.reasonHelp}
            required
            minLength={3}
            maxLength={500}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        )}
        <Fault problem={saving.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {(found.dataSet !== null || found.reason !== null) && (
            <Button
              className="order-last ml-auto"
              running={saving.running}
              onClick={() => void run({ as: 'open', place, object })}
            >
              {said.back}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}

/** A set of the register, searched for on the server. */
function DataSetPicker({
  onChoose,
  ...field
}: {
  readonly label: string
  readonly help: string
  readonly value: Choice | null
  onChoose(set: Choice | null): void
}) {
  const [typed, setTyped] = useState('')
  const q = useSettled(typed)
  const asked = new URLSearchParams({ limit: '20', ...(q === '' ? {} : { q }) })
  const found = usePages<ListedDataSet>(`/api/data-sets?${asked}`)
  const choices = found.items.map(({ id, name }): Choice => ({ id, name, hint: id }))
  return <PickField {...field} required choices={choices} onType={setTyped} onChoose={onChoose} />
}
