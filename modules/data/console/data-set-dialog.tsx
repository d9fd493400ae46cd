import type { DataSet, FoundObject, ListedDataSet } from '@hevd/data/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  PersonPicker,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useId, useState } from 'react'
import { classWords } from './class-words.ts'
import { protections, protectionWords } from './protections.ts'

const text = words({
  add: { nb: 'Legg til et datasett', en: 'Add a data set' },
  enter: { nb: 'Før opp som datasett', en: 'Enter as a data set' },
  change: { nb: 'Datasett', en: 'Data set' },
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  class: { nb: 'Klasse', en: 'Class' },
  classHelp: {
    nb: 'Et ord fra klassifiseringen i policyen, som «internal» eller «sensitive».',
    en: 'A word of the policy’s scheme, such as “internal” or “sensitive”.',
  },
  place: { nb: 'Sted', en: 'Place' },
  placeHelp: { nb: 'Systemet dataene er lagret i.', en: 'The system that the data is kept in.' },
  owner: { nb: 'Eier', en: 'Owner' },
  ownerHelp: {
    nb: 'Den som svarer for dataene. Søk etter navn eller nummer.',
    en: 'Who answers for the data. Search for a name or number.',
  },
  protections: { nb: 'Beskyttelse', en: 'Protections' },
  days: { nb: 'Lagringstid i dager', en: 'Retention in days' },
  daysHelp: {
    nb: 'La stå tom så lenge det ikke er bestemt.',
    en: 'Leave it empty while it has not been decided.',
  },
  review: { nb: 'Bekreft gjennomgang', en: 'Confirm a review' },
  remove: { nb: 'Fjern', en: 'Remove' },
  save: { nb: 'Lagre', en: 'Save' },
  saved: { nb: 'Datasettet er lagret.', en: 'The data set was saved.' },
  reviewed: { nb: 'Gjennomgangen er registrert.', en: 'The review was recorded.' },
  removed: { nb: 'Datasettet er fjernet.', en: 'The data set was removed.' },
})

const refreshes = ['/api/data-sets', '/api/data-finds', '/api/policy', '/api/findings']
const blank: DataSet = {
  id: '',
  name: '',
  class: null,
  place: null,
  owner: null,
  encryptedAtRest: false,
  encryptedInTransit: false,
  accessRestricted: false,
  backedUp: false,
  retentionDays: null,
}

/** What is entered of a set, without what the register adds. */
function entered({ ownerName: _, enteredAt: __, reviewedAt: ___, ...set }: ListedDataSet): DataSet {
  return set
}

/** What a find proposes: its place, and a name to be written over. */
function proposed({ object, placeName }: FoundObject): DataSet {
  return { ...blank, name: object.slice(0, 200), place: placeName.slice(0, 200) }
}

/**
 * Adds a set of data, or changes one, confirms that it was reviewed, or removes it; null adds, from what a scan found where
 * that is given.
 */
export default function DataSetDialog({
  set,
  found = null,
  onClose,
}: {
  readonly set: ListedDataSet | null
  readonly found?: FoundObject | null
  onClose(): void
}) {
  const said = useWords(text)
  const named = useWords(protectionWords)
  const classes = useId()
  const was = set === null ? null : entered(set)
  const [draft, setDraft] = useState(was ?? (found === null ? blank : proposed(found)))
  const [ownerName, setOwnerName] = useState(set?.ownerName ?? null)
  const change = (part: Partial<DataSet>) => setDraft((before) => ({ ...before, ...part }))
  const path = `/api/data-sets/${encodeURIComponent(draft.id)}`
  const saving = useAction({
    call: (body: DataSet) =>
      found === null
        ? call<unknown>('PUT', path, { ...body, was })
        : call<unknown>('POST', '/api/data-finds/enter', {
            place: found.place,
            object: found.object,
            set: body,
          }),
    refreshes,
    done: text.saved,
  })
  const reviewing = useAction({
    call: () => call<unknown>('POST', `${path}/review`, { was }),
    refreshes,
    done: text.reviewed,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: text.removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
  }
  const review = async () => {
    if ((await reviewing.run(undefined)).ok) onClose()
  }
  const remove = async () => {
    if ((await removing.run(undefined)).ok) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={found !== null ? said.enter : set === null ? said.add : said.change}
    >
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <TextField
            label={said.name}
            required
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
          />
          <TextField
            label={said.id}
            required
            readOnly={set !== null}
            value={draft.id}
            onChange={({ target }) => change({ id: target.value })}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-2">
          <TextField
            label={said.class}
            help={said.classHelp}
            list={classes}
            value={draft.class ?? ''}
            onChange={({ target }) => change({ class: target.value || null })}
          />
          <datalist id={classes}>
            {Object.keys(classWords).map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          <TextField
            label={said.place}
            help={said.placeHelp}
            value={draft.place ?? ''}
            onChange={({ target }) => change({ place: target.value || null })}
          />
        </div>
        <PersonPicker
          label={said.owner}
          help={said.ownerHelp}
          required={false}
          value={draft.owner === null ? null : { id: draft.owner, name: ownerName ?? draft.owner }}
          onChoose={(person) => {
            change({ owner: person?.id ?? null })
            setOwnerName(person?.name ?? null)
          }}
        />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1.5 font-medium">{said.protections}</legend>
          {protections.map((name) => (
            <label key={name} className="flex min-h-6 items-center gap-3">
              <input
                type="checkbox"
                checked={draft[name]}
                onChange={({ target }) => change({ [name]: target.checked })}
              />
              {named[name]}
            </label>
          ))}
        </fieldset>
        <TextField
          label={said.days}
          help={said.daysHelp}
          type="number"
          min={1}
          max={36_525}
          value={draft.retentionDays ?? ''}
          onChange={({ target }) =>
            change({ retentionDays: target.value === '' ? null : Math.trunc(Number(target.value)) })
          }
        />
        <Fault problem={saving.problem ?? reviewing.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {set !== null && (
            <>
              <Button running={reviewing.running} onClick={() => void review()}>
                {said.review}
              </Button>
              <Button
                weight="grave"
                className="order-last ml-auto"
                running={removing.running}
                onClick={() => void remove()}
              >
                {said.remove}
              </Button>
            </>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}
