import { useWords, words } from '@hevd/ui'
import { useId, useState } from 'react'
import { type DurationUnit, durationOf, durationUnits, partsOfDuration } from './duration.ts'

const text = words({
  unit: { nb: (title: string) => `${title}: enhet`, en: (title: string) => `${title}: unit` },
  minute: { nb: 'minutter', en: 'minutes' },
  hour: { nb: 'timer', en: 'hours' },
  day: { nb: 'dager', en: 'days' },
  week: { nb: 'uker', en: 'weeks' },
  month: { nb: 'måneder', en: 'months' },
  year: { nb: 'år', en: 'years' },
})

/** A length of time as a number and its unit. @param value ISO 8601 of one unit; empty while no number is written */
export function DurationField({
  label,
  help,
  fault,
  value,
  onChange,
}: {
  readonly label: string
  readonly help: string
  readonly fault: string | null
  readonly value: string
  onChange(value: string): void
}) {
  const said = useWords(text)
  const id = useId()
  const parts = partsOfDuration(value)
  const [unit, setUnit] = useState<DurationUnit>(parts?.unit ?? 'day')
  const count = parts?.count ?? ''
  const shown = parts?.unit ?? unit
  const choose = (chosen: string) => {
    const next = durationUnits.find((candidate) => candidate === chosen)
    if (next === undefined) return
    setUnit(next)
    onChange(durationOf(count, next))
  }
  const write = (typed: string) => {
    setUnit(shown)
    onChange(durationOf(typed.replaceAll(/\D/g, ''), shown))
  }
  const described = `${id}-help${fault === null ? '' : ` ${id}-fault`}`
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <div className="flex max-w-80 gap-2">
        <input
          id={id}
          className="input basis-24 numeral"
          inputMode="numeric"
          required
          value={count}
          aria-invalid={fault !== null}
          aria-describedby={described}
          onChange={({ target }) => write(target.value)}
        />
        <select
          className="input flex-1"
          aria-label={said.unit(label)}
          value={shown}
          onChange={({ target }) => choose(target.value)}
        >
          {durationUnits.map((each) => (
            <option key={each} value={each}>
              {said[each]}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-help`} className="text-ink-2 text-sm">
        {help}
      </p>
      {fault !== null && (
        <p id={`${id}-fault`} className="text-fails text-sm">
          {fault}
        </p>
      )}
    </div>
  )
}
