import { Combobox } from '@base-ui/react/combobox'
import type { ReactNode } from 'react'
import { Frame } from './field.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

const text = words({
  open: { nb: 'Vis forslag', en: 'Show suggestions' },
  nothing: { nb: 'Ingen svarer til søket.', en: 'Nobody answers to the search.' },
})

/** One that can be chosen; `hint` tells those of the same name apart. */
export type Choice = { readonly id: string; readonly name: string; readonly hint?: string }

/**
 * One of many, found by typing: arrows choose, Enter takes, Escape leaves. What is typed and not chosen is taken back.
 * @param choices what answers to the search; the owner looks it up. @param onType what is searched for; empty for all
 */
export function PickField({
  label,
  help,
  required = false,
  value,
  choices,
  onType,
  onChoose,
}: {
  readonly label: string
  readonly help?: ReactNode
  readonly required?: boolean
  readonly value: Choice | null
  readonly choices: readonly Choice[]
  onType(typed: string): void
  onChoose(choice: Choice | null): void
}) {
  const said = useWords(text)
  return (
    <Frame label={label} help={help} fault={null}>
      <Combobox.Root
        items={choices}
        filter={null}
        autoHighlight
        required={required}
        value={value}
        onValueChange={onChoose}
        itemToStringLabel={({ name }: Choice) => name}
        itemToStringValue={({ id }: Choice) => id}
        isItemEqualToValue={(one: Choice, other: Choice) => one.id === other.id}
        onInputValueChange={(typed, { reason }) => onType(reason === 'input-change' ? typed.trim() : '')}
      >
        <Combobox.InputGroup className="relative">
          <Combobox.Input className="input pr-10" autoComplete="off" spellCheck={false} />
          <Combobox.Trigger
            aria-label={said.open}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center text-ink-2"
          >
            <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
              <path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.4" />
            </svg>
          </Combobox.Trigger>
        </Combobox.InputGroup>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
            <Combobox.Popup className="max-h-[min(var(--available-height),20rem)] w-(--anchor-width) overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised p-1.5 shadow-float">
              <Combobox.Empty>
                <p className="px-3 py-2 text-ink-2">{said.nothing}</p>
              </Combobox.Empty>
              <Combobox.List>
                {(choice: Choice) => (
                  <Combobox.Item
                    key={choice.id}
                    value={choice}
                    className="flex min-h-9 cursor-pointer items-baseline justify-between gap-4 rounded px-3 py-1.5 outline-none data-highlighted:bg-accent-wash"
                  >
                    <span className="min-w-0">{choice.name}</span>
                    {choice.hint !== undefined && (
                      <span className="shrink-0 text-ink-2 text-sm">{choice.hint}</span>
                    )}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </Frame>
  )
}
