import type { ControlDetail } from '@hevd/posture/contract'
import { parameterInWords, SelectField, TextArea, TextField, useLocale, useWords, words } from '@hevd/ui'
import { partsOfDuration } from './duration.ts'
import { DurationField } from './duration-field.tsx'

const text = words({
  inForce: { nb: (value: string) => `I kraft: ${value}.`, en: (value: string) => `In force: ${value}.` },
  none: { nb: 'ingen', en: 'none' },
  oneALine: { nb: 'Én på hver linje.', en: 'One on each line.' },
  iso: { nb: 'Skrives som P1Y6M (ISO 8601).', en: 'Written as P1Y6M (ISO 8601).' },
})

export type Parameter = ControlDetail['parameters'][number]

/** One requirement in the way its type is chosen: a length of time, a number, one of a few, a list, a text or a date. */
export function ChangeParameter({
  parameter,
  value,
  fault,
  onChange,
}: {
  readonly parameter: Parameter
  readonly value: unknown
  readonly fault: string | null
  onChange(value: unknown): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const { type, title, help, options } = parameter
  const inForce = parameterInWords(type, parameter.value, locale) || said.none
  const changed = JSON.stringify(value) !== JSON.stringify(parameter.value)
  const notes = (also: string | null) =>
    [help[locale], also, changed ? said.inForce(inForce) : null].filter((note) => note !== null).join(' ')
  const around = { label: title[locale], fault }
  if (type === 'duration' && partsOfDuration(String(parameter.value)) !== null)
    return <DurationField {...around} help={notes(null)} value={String(value)} onChange={onChange} />
  if (type === 'choice')
    return (
      <SelectField
        {...around}
        help={notes(null)}
        value={String(value)}
        onChange={({ target }) => onChange(target.value)}
      >
        {(options ?? []).map((option) => (
          <option key={option}>{option}</option>
        ))}
      </SelectField>
    )
  if (type === 'strings' || type === 'integers')
    return (
      <TextArea
        {...around}
        help={notes(said.oneALine)}
        spellCheck={false}
        value={Array.isArray(value) ? value.map(String).join('\n') : String(value)}
        onChange={({ target }) => onChange(linesOf(target.value, type))}
      />
    )
  return (
    <TextField
      {...around}
      help={notes(type === 'duration' ? said.iso : null)}
      type={type === 'integer' ? 'number' : type === 'date' ? 'date' : 'text'}
      required
      value={String(value)}
      onChange={({ target }) =>
        onChange(type === 'integer' && target.value !== '' ? Number(target.value) : target.value)
      }
    />
  )
}

/** A line that is still being written stays as it is; the empty ones are dropped when it is saved. */
function linesOf(text: string, type: 'strings' | 'integers'): readonly (string | number)[] {
  const lines = text.split('\n')
  return type === 'strings'
    ? lines
    : lines.map((line) => (/^\s*-?\d+\s*$/.test(line) && !line.endsWith(' ') ? Number(line) : line))
}

/** A parameter's value as it is sent: lists without empty lines and blanks around. */
export function tidyValue(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value
    .map((item: unknown) => (typeof item === 'string' ? item.trim() : item))
    .filter((item) => item !== '')
}
