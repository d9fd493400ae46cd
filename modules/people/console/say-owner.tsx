import type { AccountOwner, NamedService, Person } from '@hevd/people/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  type PageOf,
  TextField,
  useAction,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { kindWords } from './kind-words.ts'

const text = words({
  say: { nb: 'Oppgi eier', en: 'Say the owner' },
  title: { nb: 'Hvem eier kontoen?', en: 'Whose is the account?' },
  what: {
    nb: 'Det du oppgir, vises som oppgitt av deg, ikke som bevist.',
    en: 'What you say shows as declared by you, not as proven.',
  },
  search: { nb: 'Søk etter person eller tjeneste', en: 'Search for a person or service' },
  service: { nb: 'Tjeneste', en: 'Service' },
  nobody: {
    nb: 'Ingen svarer til søket. Legg først inn personen eller tjenesten.',
    en: 'None answers. Enter the person or service first.',
  },
  withdraw: { nb: 'Trekk tilbake det som er oppgitt', en: 'Withdraw what was said' },
  done: { nb: 'Det du oppga, er lagret.', en: 'What you said was saved.' },
})

type Owner = { readonly kind: 'person' | 'service'; readonly id: string }

/** The owner as said, and a way to say another. */
export function SayOwner({ account }: { readonly account: AccountOwner }) {
  const said = useWords(text)
  const [open, setOpen] = useState(false)
  const owner = account.owner
  return (
    <>
      <button type="button" className="text-link min-h-6 text-left" onClick={() => setOpen(true)}>
        {owner === null ? said.say : owner.name}
        <span className="sr-only">: {account.label}</span>
      </button>
      {open && <OwnerDialog account={account} onClose={() => setOpen(false)} />}
    </>
  )
}

function OwnerDialog({ account, onClose }: { readonly account: AccountOwner; onClose(): void }) {
  const said = useWords(text)
  const kinds = useWords(kindWords)
  const [q, setQ] = useState('')
  const asked = new URLSearchParams({ limit: '8', ...(q === '' ? {} : { q }) })
  const people = useResource<PageOf<Person>>(`/api/people?${asked}`)
  const services = useResource<readonly NamedService[]>('/api/services')
  const saying = useAction({
    call: (owner: Owner | null) =>
      call<unknown>('PUT', '/api/account-owners', { account: account.account, owner }),
    refreshes: ['/api/account-owners', '/api/policy', '/api/findings'],
    done: text.done,
  })
  const say = async (owner: Owner | null) => {
    if ((await saying.run(owner)).ok) onClose()
  }
  const typed = q.toLowerCase()
  const options = [
    ...(people.data?.items ?? []).map(({ id, name, kind }) => ({
      kind: 'person' as const,
      id,
      name,
      what: kinds[kind],
    })),
    ...(services.data ?? [])
      .filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(typed))
      .map(({ id, name }) => ({ kind: 'service' as const, id, name, what: said.service })),
  ].slice(0, 12)
  return (
    <Dialog open onClose={onClose} title={said.title} description={said.what}>
      <p className="mb-5 break-all font-medium">
        {account.label} <span className="font-normal text-ink-2">{account.place}</span>
      </p>
      <TextField label={said.search} type="search" value={q} onChange={({ target }) => setQ(target.value)} />
      <ul className="mt-3 max-h-72 overflow-y-auto">
        {options.map(({ kind, id, name, what }) => (
          <li key={`${kind}|${id}`} className="border-line border-b">
            <button
              type="button"
              disabled={saying.running}
              onClick={() => void say({ kind, id })}
              className="flex min-h-11 w-full items-baseline justify-between gap-4 px-1 py-2 text-left hover:bg-accent-wash"
            >
              <span>
                {name} <span className="text-ink-3 text-sm">{id}</span>
              </span>
              <span className="text-ink-2 text-sm">{what}</span>
            </button>
          </li>
        ))}
      </ul>
      {options.length === 0 && <p className="mt-4 text-ink-2">{said.nobody}</p>}
      <Fault problem={saying.problem} />
      <DialogActions onClose={onClose}>
        {account.owner !== null && (
          <Button weight="grave" running={saying.running} onClick={() => void say(null)}>
            {said.withdraw}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}
