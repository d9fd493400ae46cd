import { Button, PickField, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import type { Person } from './custodians.tsx'
import { useHolders } from './holder-field.tsx'

const text = words({
  add: { nb: 'Legg til en nøkkelholder', en: 'Add a custodian' },
  help: {
    nb: 'En som kan logge inn i Hevd. Velg folk som ikke er borte samtidig.',
    en: 'Somebody who can sign in to Hevd. Choose people who are not away at the same time.',
  },
  chosen: { nb: 'Nøkkelholdere', en: 'Custodians' },
  remove: { nb: 'Ta bort', en: 'Remove' },
})
const most = 16

/** Chooses the accounts that hold a share each. */
export function PickCustodians({
  chosen,
  onChoose,
}: {
  readonly chosen: readonly Person[]
  onChoose(custodians: readonly Person[]): void
}) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const possible = useHolders().filter(
    ({ kind, id, name }) =>
      kind === 'account' &&
      !chosen.some((custodian) => custodian.id === id) &&
      name.toLowerCase().includes(typed.toLowerCase()),
  )
  return (
    <div className="flex flex-col gap-4">
      {chosen.length > 0 && (
        <ul aria-label={said.chosen} className="border-line border-t">
          {chosen.map((custodian) => (
            <li
              key={custodian.id}
              className="flex items-baseline justify-between gap-4 border-line border-b py-2"
            >
              <span>{custodian.name}</span>
              <Button
                weight="quiet"
                className="min-h-6 py-0"
                aria-label={`${said.remove}: ${custodian.name}`}
                onClick={() => onChoose(chosen.filter(({ id }) => id !== custodian.id))}
              >
                {said.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen.length < most && (
        <PickField
          key={chosen.length}
          label={said.add}
          help={said.help}
          value={null}
          choices={possible.slice(0, 50).map(({ id, name }) => ({ id, name }))}
          onType={setTyped}
          onChoose={(choice) => {
            if (choice !== null) onChoose([...chosen, { id: choice.id, name: choice.name }])
            setTyped('')
          }}
        />
      )}
    </div>
  )
}
