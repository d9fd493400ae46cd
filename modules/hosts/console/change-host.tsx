import type { Host } from '@hevd/hosts/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { roleWords } from './roles.ts'

const text = words({
  change: { nb: 'Endre', en: 'Change' },
  title: { nb: 'Endre maskin', en: 'Change the host' },
  name: { nb: 'Navn', en: 'Name' },
  role: { nb: 'Rolle', en: 'Role' },
  roleHelp: {
    nb: 'Kontrollene for produksjon gjelder bare maskiner med den rollen.',
    en: 'The controls of production speak only of hosts with that role.',
  },
  save: { nb: 'Lagre', en: 'Save' },
  end: { nb: 'Avslutt maskinen …', en: 'End the host …' },
  endTitle: { nb: 'Avslutte maskinen?', en: 'End the host?' },
  endWhat: {
    nb: 'Agentens token eller sertifikat slutter å virke, og det agenten har sett, føres som borte. Historien blir stående. Dette kan ikke angres.',
    en: 'The agent’s token or certificate stops working, and what it saw is recorded as gone. History stays. This cannot be undone.',
  },
  endIt: { nb: 'Avslutt maskinen', en: 'End the host' },
  saved: { nb: 'Maskinen er endret.', en: 'The host was changed.' },
  ended: { nb: 'Maskinen er avsluttet.', en: 'The host was ended.' },
})

type Change = { readonly name?: string; readonly role?: string; readonly ended?: boolean }

/** Renames a host, gives it another role, or ends it. */
export function ChangeHost({ host }: { readonly host: Host }) {
  const said = useWords(text)
  const [open, setOpen] = useState<'change' | 'end' | null>(null)
  const leave = () => setOpen(null)
  return (
    <>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${said.change}: ${host.name}`}
        onClick={() => setOpen('change')}
      >
        {said.change}
      </Button>
      <Dialog open={open === 'change'} onClose={leave} title={said.title}>
        <ChangeForm host={host} onClose={leave} onEnd={() => setOpen('end')} />
      </Dialog>
      <Dialog open={open === 'end'} onClose={leave} title={said.endTitle} description={said.endWhat}>
        <EndForm host={host} onClose={leave} />
      </Dialog>
    </>
  )
}

function useChange(host: Host, done: { nb: string; en: string }) {
  return useAction({
    call: (change: Change) => call<unknown>('PATCH', `/api/hosts/${encodeURIComponent(host.id)}`, change),
    refreshes: ['/api/hosts', '/api/feeds', '/api/policy'],
    done,
  })
}

function ChangeForm({ host, onClose, onEnd }: { readonly host: Host; onClose(): void; onEnd(): void }) {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const [name, setName] = useState(host.name)
  const [role, setRole] = useState<string>(host.role)
  const change = useChange(host, text.saved)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await change.run({ name, role })).ok) onClose()
  }
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      <TextField label={said.name} value={name} required onChange={(event) => setName(event.target.value)} />
      <SelectField
        label={said.role}
        help={said.roleHelp}
        value={role}
        onChange={(event) => setRole(event.target.value)}
      >
        {Object.entries(roles).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <Fault problem={change.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" type="submit" running={change.running}>
          {said.save}
        </Button>
        <Button weight="grave" className="order-last ml-auto" onClick={onEnd}>
          {said.end}
        </Button>
      </DialogActions>
    </form>
  )
}

function EndForm({ host, onClose }: { readonly host: Host; onClose(): void }) {
  const said = useWords(text)
  const change = useChange(host, text.ended)
  const end = async () => {
    if ((await change.run({ ended: true })).ok) onClose()
  }
  return (
    <>
      <p className="font-medium">{host.name}</p>
      <Fault problem={change.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="grave" running={change.running} onClick={() => void end()}>
          {said.endIt}
        </Button>
      </DialogActions>
    </>
  )
}
