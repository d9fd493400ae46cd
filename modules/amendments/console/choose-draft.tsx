import type { DraftSummary } from '@hevd/amendments/contract'
import type { ControlDetail } from '@hevd/posture/contract'
import { places, SelectField, TextField, useLocale, useReplace, useWords, words } from '@hevd/ui'

const text = words({
  draft: { nb: 'Utkast', en: 'Draft' },
  another: { nb: 'Et nytt utkast', en: 'A new draft' },
  name: { nb: 'Navn på utkastet', en: 'Name of the draft' },
  nameHelp: {
    nb: 'Det som godkjennes samlet, hører hjemme i ett utkast.',
    en: 'What is approved together belongs in one draft.',
  },
  replaces: {
    nb: 'Utkastet endrer allerede denne kontrollen. Det du lagrer her, trer i stedet.',
    en: 'The draft already changes this control. What you save here takes its place.',
  },
  reopens: {
    nb: 'Utkastet venter på godkjenning. Lagrer du, åpnes det igjen og må sendes på nytt.',
    en: 'The draft waits for approval. If you save, it is open again and must be sent anew.',
  },
})

/** Which draft takes the change up: one of the reader's own that is open, or a new one that is named here. */
export function ChooseDraft({
  control,
  own,
  begun,
  chosen,
  title,
  unsaved,
  onChoose,
  onTitle,
}: {
  readonly control: ControlDetail
  readonly own: readonly DraftSummary[]
  /** The draft whose change is being written on. */
  readonly begun: DraftSummary | null
  readonly chosen: string | null
  readonly title: string
  readonly unsaved: boolean
  onChoose(draft: string | null): void
  onTitle(title: string): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const replace = useReplace()
  const drafts = begun === null || own.some(({ id }) => id === begun.id) ? own : [begun, ...own]
  const choose = (id: string) => {
    // With nothing written yet, the chosen draft's own change is what one goes on with.
    if (id !== '' && !unsaved) replace(places.changeControl(control.id, id))
    else onChoose(id === '' ? null : id)
  }
  const replaced =
    chosen !== begun?.id && drafts.find(({ id }) => id === chosen)?.controls.includes(control.id) === true
  const waiting = drafts.find(({ id }) => id === chosen)?.state === 'submitted'
  return (
    <div className="flex max-w-measure flex-col gap-5">
      {drafts.length > 0 && (
        <SelectField
          label={said.draft}
          value={chosen ?? ''}
          {...(replaced ? { help: said.replaces } : waiting ? { help: said.reopens } : {})}
          onChange={({ target }) => choose(target.value)}
        >
          {drafts.map(({ id, title: name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="">{said.another}</option>
        </SelectField>
      )}
      {chosen === null && (
        <TextField
          label={said.name}
          help={said.nameHelp}
          required
          maxLength={200}
          placeholder={control.title[locale]}
          value={title}
          onChange={({ target }) => onTitle(target.value)}
        />
      )}
    </div>
  )
}
