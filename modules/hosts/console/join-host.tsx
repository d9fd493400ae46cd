import type { Host, OfferedJoinToken } from '@hevd/hosts/contract'
import { Button, Dialog, DialogActions, Fault, SelectField, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { JoinCommand, useJoinToken } from './join-token.tsx'
import { roleWords } from './roles.ts'

const text = words({
  open: { nb: 'Koble til en maskin', en: 'Join a host' },
  title: { nb: 'Koble til en maskin', en: 'Join a host' },
  what: {
    nb: 'Du får en kommando som melder maskinen inn. Den blir oppgitt som en av virksomhetens når agenten kobler til.',
    en: 'You get a command that joins the host. It is declared as one of the organisation’s when its agent joins.',
  },
  role: { nb: 'Rolle', en: 'Role' },
  roleHelp: {
    nb: 'Har maskinen vært med før, lag kommandoen fra linjen dens; da følger historien med.',
    en: 'If the host was here before, make the command from its line, and its history goes on.',
  },
  make: { nb: 'Lag kommandoen', en: 'Make the command' },
})

/** Makes a command that joins a new host, and shows it once. */
export function JoinHost() {
  const said = useWords(text)
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<OfferedJoinToken | null>(null)
  const leave = () => {
    setOpen(false)
    setMade(null)
  }
  return (
    <>
      <Button weight="main" onClick={() => setOpen(true)}>
        {said.open}
      </Button>
      <Dialog open={open} onClose={leave} title={said.title} description={said.what}>
        {made === null ? (
          <JoinForm onMade={setMade} onClose={leave} />
        ) : (
          <JoinCommand made={made} onClose={leave} />
        )}
      </Dialog>
    </>
  )
}

function JoinForm({ onMade, onClose }: { onMade(made: OfferedJoinToken): void; onClose(): void }) {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const [role, setRole] = useState<Host['role']>('production')
  const making = useJoinToken()
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await making.run({ role })
    if (outcome.ok) onMade(outcome.answer)
  }
  const isRole = (value: string): value is Host['role'] => Object.hasOwn(roleWords, value)
  return (
    <form onSubmit={(event) => void make(event)} className="flex flex-col gap-5">
      <SelectField
        label={said.role}
        help={said.roleHelp}
        value={role}
        onChange={({ target }) => {
          if (isRole(target.value)) setRole(target.value)
        }}
      >
        {Object.entries(roles).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <Fault problem={making.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" type="submit" running={making.running}>
          {said.make}
        </Button>
      </DialogActions>
    </form>
  )
}
