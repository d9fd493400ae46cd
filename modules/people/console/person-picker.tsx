import type { ListedPerson } from '@hevd/people/contract'
import { type Choice, PickField, usePages, useSettled } from '@hevd/ui'
import { useState } from 'react'

/** A person of the register, searched for by name or number on the server. */
export function PersonPicker({
  label,
  help,
  value,
  except,
  onChoose,
}: {
  readonly label: string
  readonly help: string
  readonly value: Choice | null
  /** Id of one who cannot be chosen. */
  readonly except?: string
  onChoose(person: Choice | null): void
}) {
  const [typed, setTyped] = useState('')
  const q = useSettled(typed)
  const asked = new URLSearchParams({ limit: '20', ...(q === '' ? {} : { q }) })
  const found = usePages<ListedPerson>(`/api/people?${asked}`)
  const choices = found.items
    .filter(({ id }) => id !== except)
    .map(({ id, name }): Choice => ({ id, name, hint: id }))
  return (
    <PickField
      label={label}
      help={help}
      required
      value={value}
      choices={choices}
      onType={setTyped}
      onChoose={onChoose}
    />
  )
}
