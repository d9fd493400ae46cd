import type { NotApplicable } from '@hevd/amendments/contract'
import { now, TextArea, TextField, useWords, words } from '@hevd/ui'
import { dayOf, endOfDay } from './days.ts'

const text = words({
  legend: { nb: 'Gjelder kontrollen for dere?', en: 'Does the control apply to you?' },
  applies: { nb: 'Den gjelder', en: 'It applies' },
  not: { nb: 'Den gjelder ikke', en: 'It does not apply' },
  notHelp: {
    nb: 'Kontrollen blir da stående som «gjelder ikke», med begrunnelsen, den som godkjente, og datoen den skal vurderes igjen.',
    en: 'The control then stands as “not applicable”, with the reason, who approved it, and the date of its review.',
  },
  reason: { nb: 'Hvorfor gjelder den ikke?', en: 'Why does it not apply?' },
  reasonHelp: {
    nb: 'Minst ti tegn. Leses av den som godkjenner, og av revisor.',
    en: 'At least ten characters. Read by the one who approves, and by the auditor.',
  },
  review: { nb: 'Vurderes igjen innen', en: 'Review by' },
  reviewHelp: {
    nb: 'Høyst ett år fram. Er dagen passert uten ny vurdering, gjelder kontrollen igjen.',
    en: 'At most a year ahead. Once the day has passed without a review, the control applies again.',
  },
})

/** Suggested for the review, which is at least once a year. */
const nearlyAYear = 360 * 86_400_000

/** Whether a promise applies, and where it does not: why, and when somebody must look at that again. */
export function ChangeApplicability({
  value,
  fault,
  onChange,
}: {
  readonly value: NotApplicable | null
  readonly fault: string | null
  onChange(value: NotApplicable | null): void
}) {
  const said = useWords(text)
  return (
    <div className="flex max-w-measure flex-col gap-5">
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{said.legend}</legend>
        <Choice name={said.applies} chosen={value === null} onChoose={() => onChange(null)} />
        <Choice
          name={said.not}
          chosen={value !== null}
          onChoose={() => onChange(value ?? { reason: '', reviewBy: endOfDay(dayOf(now() + nearlyAYear)) })}
        />
        <p className="pl-7 text-ink-2 text-sm">{said.notHelp}</p>
      </fieldset>
      {value !== null && (
        <>
          <TextArea
            label={said.reason}
            help={said.reasonHelp}
            fault={fault}
            minLength={10}
            maxLength={2000}
            required
            value={value.reason}
            onChange={({ target }) => onChange({ ...value, reason: target.value })}
          />
          <TextField
            label={said.review}
            help={said.reviewHelp}
            type="date"
            required
            value={dayOf(value.reviewBy)}
            onChange={({ target }) =>
              target.value !== '' && onChange({ ...value, reviewBy: endOfDay(target.value) })
            }
          />
        </>
      )}
    </div>
  )
}

function Choice({
  name,
  chosen,
  onChoose,
}: {
  readonly name: string
  readonly chosen: boolean
  onChoose(): void
}) {
  return (
    <label className="flex items-center gap-3">
      <input type="radio" name="applicability" className="size-4" checked={chosen} onChange={onChoose} />
      {name}
    </label>
  )
}
