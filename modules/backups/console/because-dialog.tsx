import type { Bilingual } from '@hevd/core'
import { Button, call, Dialog, DialogActions, Fault, TextArea, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { backupsRefreshes } from './source-words.ts'

const text = words({
  why: { nb: 'Hvorfor', en: 'Why' },
  whyHelp: { nb: 'Det blir stående i registeret.', en: 'It stays in the register.' },
})

/** Something about a source that is done with a reason. */
export function BecauseDialog({
  title,
  what,
  done,
  path,
  onClose,
}: {
  readonly title: string
  readonly what: string
  readonly done: Bilingual
  readonly path: string
  onClose(): void
}) {
  const said = useWords(text)
  const [why, setWhy] = useState('')
  const doing = useAction({
    call: (body: { why: string }) => call<unknown>('POST', path, body),
    refreshes: backupsRefreshes,
    done,
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if ((await doing.run({ why })).ok) onClose()
  }
  return (
    <Dialog open onClose={onClose} title={title} description={what}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <TextArea
          label={said.why}
          help={said.whyHelp}
          rows={2}
          required
          minLength={3}
          maxLength={500}
          value={why}
          onChange={({ target }) => setWhy(target.value)}
        />
        <Fault problem={doing.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="grave" type="submit" running={doing.running}>
            {title}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
