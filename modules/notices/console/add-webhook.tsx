import type { AddedWebhook } from '@hevd/notices/contract'
import { Button, call, Dialog, DialogActions, Fault, TextField, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { Secret } from './secret.tsx'

const text = words({
  title: { nb: 'Legg til mottaker', en: 'Add a receiver' },
  what: {
    nb: 'Hevd kaller adressen når noe begynner å vente på mennesker, med tittel, tid og lenke.',
    en: 'Hevd calls the address when something begins to wait for people, with title, time and link.',
  },
  name: { nb: 'Hva den kalles', en: 'What it is called' },
  url: { nb: 'Adresse', en: 'Address' },
  add: { nb: 'Legg til', en: 'Add' },
  secret: { nb: 'Hemmeligheten', en: 'The secret' },
  once: {
    nb: 'Den vises bare nå. Legg den inn hos mottakeren, som da kan se at det er Hevd som kaller.',
    en: 'It is shown only now. Enter it at the receiver, which can then see that it is Hevd that calls.',
  },
  done: { nb: 'Ferdig', en: 'Done' },
})

/** Adds a receiver and shows its secret, once. */
export function AddWebhook({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const said = useWords(text)
  const [title, setTitle] = useState('')
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const adding = useAction({
    call: (body: { readonly title: string; readonly url: string }) =>
      call<AddedWebhook>('POST', '/api/notices/webhooks', body),
    refreshes: ['/api/notices'],
  })
  const leave = () => {
    setTitle('')
    setUrl('')
    setSecret(null)
    adding.reset()
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await adding.run({ title, url })
    if (outcome.ok) setSecret(outcome.answer.secret)
  }
  return (
    <Dialog open={open} onClose={leave} title={said.title} description={said.what}>
      {secret === null ? (
        <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
          <TextField
            label={said.name}
            required
            maxLength={100}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
          <TextField
            label={said.url}
            type="url"
            required
            value={url}
            onChange={({ target }) => setUrl(target.value)}
          />
          <Fault problem={adding.problem} />
          <DialogActions onClose={leave}>
            <Button weight="main" type="submit" running={adding.running}>
              {said.add}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <>
          <Secret label={said.secret} value={secret} note={said.once} />
          <div className="mt-8">
            <Button weight="main" onClick={leave}>
              {said.done}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  )
}
