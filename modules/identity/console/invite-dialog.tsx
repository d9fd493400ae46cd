import type { Inviting, MadeInvitation, Role } from '@hevd/identity/contract'
import {
  Ago,
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Inviter noen', en: 'Invite somebody' },
  what: {
    nb: 'Du får en lenke som kan brukes én gang. Send den på en måte du stoler på.',
    en: 'You get a link that can be used once. Send it in a way you trust.',
  },
  role: { nb: 'Rolle', en: 'Role' },
  period: { nb: 'Periode', en: 'Period' },
  periodHelp: {
    nb: 'Revisor ser denne perioden og ingenting annet.',
    en: 'The auditor sees this period and nothing else.',
  },
  noPeriods: {
    nb: 'Det er ingen perioder å revidere ennå. Lag en under Perioder.',
    en: 'There are no periods to audit yet. Make one under Periods.',
  },
  lastDay: { nb: 'Siste dag med tilgang', en: 'Last day of access' },
  lastDayHelp: {
    nb: 'Tilgangen tar slutt av seg selv når dagen er omme.',
    en: 'The access ends by itself when the day is over.',
  },
  make: { nb: 'Lag lenke', en: 'Make the link' },
  link: { nb: 'Lenken', en: 'The link' },
  once: { nb: 'Den vises bare nå, og utløper', en: 'It is shown only now, and expires' },
  copy: { nb: 'Kopier lenken', en: 'Copy the link' },
  copied: { nb: 'Lenken er kopiert', en: 'The link is copied' },
})

const roles = ['reader', 'administrator', 'auditor'] as const satisfies readonly Role[]

/** Makes an invitation link and shows it, once. */
export function InviteDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const said = useWords(text)
  const [made, setMade] = useState<MadeInvitation | null>(null)
  const leave = () => {
    setMade(null)
    onClose()
  }
  return (
    <Dialog open={open} onClose={leave} title={said.title} description={said.what}>
      {made === null ? <Invite onMade={setMade} onClose={leave} /> : <Link made={made} onClose={leave} />}
    </Dialog>
  )
}

function Invite({ onMade, onClose }: { onMade(made: MadeInvitation): void; onClose(): void }) {
  const said = useWords(text)
  const named = useWords(roleWords)
  const [role, setRole] = useState<Role>('reader')
  const [period, setPeriod] = useState('')
  const [lastDay, setLastDay] = useState('')
  const inviting = useAction({
    call: (body: Inviting) => call<MadeInvitation>('POST', '/api/invitations', body),
    refreshes: ['/api/invitations'],
  })
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await inviting.run(role === 'auditor' ? { role, period, lastDay } : { role })
    if (outcome.ok) onMade(outcome.answer)
  }
  return (
    <form onSubmit={(event) => void make(event)} className="flex flex-col gap-5">
      <SelectField
        label={said.role}
        value={role}
        onChange={({ target }) => setRole(roles.find((each) => each === target.value) ?? 'reader')}
      >
        {roles.map((each) => (
          <option key={each} value={each}>
            {named[each]}
          </option>
        ))}
      </SelectField>
      {role === 'auditor' && (
        <>
          <PeriodField value={period} onChange={setPeriod} />
          <TextField
            label={said.lastDay}
            help={said.lastDayHelp}
            type="date"
            required
            value={lastDay}
            onChange={({ target }) => setLastDay(target.value)}
          />
        </>
      )}
      <Fault problem={inviting.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" type="submit" running={inviting.running}>
          {said.make}
        </Button>
      </DialogActions>
    </form>
  )
}

type NamedPeriod = { readonly id: string; readonly title: string }

function PeriodField({ value, onChange }: { readonly value: string; onChange(period: string): void }) {
  const said = useWords(text)
  const periods = useResource<readonly NamedPeriod[]>('/api/periods')
  const all = periods.data ?? []
  return (
    <SelectField
      label={said.period}
      help={periods.data !== undefined && all.length === 0 ? said.noPeriods : said.periodHelp}
      required
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      <option value="" />
      {all.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </SelectField>
  )
}

function Link({ made, onClose }: { readonly made: MadeInvitation; onClose(): void }) {
  const said = useWords(text)
  const [copied, setCopied] = useState(false)
  return (
    <>
      <p className="mb-1.5 font-medium">{said.link}</p>
      <p className="select-all break-all rounded-md bg-paper-2 px-3 py-2 font-mono text-sm">{made.link}</p>
      <p className="mt-2 text-ink-2 text-sm">
        {said.once} <Ago at={made.expiresAt} />.
      </p>
      <DialogActions onClose={onClose}>
        <Button
          weight="main"
          onClick={() => void navigator.clipboard.writeText(made.link).then(() => setCopied(true))}
        >
          {copied ? said.copied : said.copy}
        </Button>
      </DialogActions>
    </>
  )
}
