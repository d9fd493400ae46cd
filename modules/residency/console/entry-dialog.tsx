import type { Bilingual } from '@hevd/core'
import { Button, call, Dialog, DialogActions, Fault, TextField, useAction, useWords, words } from '@hevd/ui'
import type { FormEvent, ReactNode } from 'react'

const text = words({
  name: { nb: 'Navn', en: 'Name' },
  id: { nb: 'Kortnavn', en: 'Short name' },
  save: { nb: 'Lagre', en: 'Save' },
  remove: { nb: 'Fjern', en: 'Remove' },
})

type Entry = { readonly id: string; readonly name: string }
const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls', '/api/asked']

/**
 * Adds an entry of a register, or changes one or removes it: its name and short name, and what `children` ask for.
 * @param api the register
 * @param was the entry as it was shown; null adds
 * @param entry what is sent
 */
export function EntryDialog<Of extends Entry>({
  title,
  said: { saved, removed },
  api,
  was,
  entry,
  onChange,
  idHelp,
  onClose,
  children,
}: {
  readonly title: string
  readonly said: { readonly saved: Bilingual; readonly removed: Bilingual }
  readonly api: string
  readonly was: Of | null
  readonly entry: Of
  onChange(part: Partial<Entry>): void
  readonly idHelp?: string
  onClose(): void
  readonly children: ReactNode
}) {
  const said = useWords(text)
  const path = `${api}/${encodeURIComponent(entry.id)}`
  const saving = useAction({
    call: () => call<unknown>('PUT', path, { ...entry, was }),
    refreshes,
    done: saved,
  })
  const removing = useAction({ call: () => call<unknown>('DELETE', path), refreshes, done: removed })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(undefined)).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={title}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <TextField
            label={said.name}
            required
            maxLength={200}
            value={entry.name}
            onChange={({ target }) => onChange({ name: target.value })}
          />
          <TextField
            label={said.id}
            {...(was === null && idHelp !== undefined ? { help: idHelp } : {})}
            required
            maxLength={100}
            readOnly={was !== null}
            value={entry.id}
            onChange={({ target }) => onChange({ id: target.value })}
          />
        </div>
        {children}
        <Fault problem={saving.problem ?? removing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
          {was !== null && (
            <Button
              weight="grave"
              className="order-last ml-auto"
              running={removing.running}
              onClick={() => void removing.run(undefined).then(({ ok }) => ok && onClose())}
            >
              {said.remove}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}
