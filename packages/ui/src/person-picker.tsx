import { useState } from 'react'
import { type Choice, PickField } from './pick-field.tsx'
import { usePages } from './resource.ts'
import { useSettled } from './settled.ts'

/** What of a listed person is shown in the choice. */
type Person = { readonly id: string; readonly name: string }

/** A person of the register, searched for by name or number on the server. */
export function PersonPicker({
  label,
  help,
  value,
  except,
  required = true,
  onChoose,
}: {
  readonly label: string
  readonly help: string
  readonly value: Choice | null
  /** Id of one who cannot be chosen. */
  readonly except?: string
  readonly required?: boolean
  onChoose(person: Choice | null): void
}) {
  const [typed, setTyped] = useState('')
  const q = useSettled(typed)
  const asked = new URLSearchParams({ limit: '20', ...(q === '' ? {} : { q }) })
  const found = usePages<Person>(`/api/people?${asked}`)
  const choices = found.items
    .filter(({ id }) => id !== except)
    .map(({ id, name }): Choice => ({ id, name, hint: id }))
  return (
    <PickField
      label={label}
      help={help}
      required={required}
      value={value}
      choices={choices}
      onType={setTyped}
      onChoose={onChoose}
    />
  )
}
