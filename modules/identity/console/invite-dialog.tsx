import type { MadeInvitation, Role } from '@hevd/identity/contract'
import {
  Ago,
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  useAction,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { roleWords } from './roles.ts'

const text = words({
  title: { nb: 'Inviter noen', en: 'Invite somebody' },
  what: {
    nb: 'Du får en lenke som kan brukes én gang. Send den på en måte du stoler på.',
    en: 'You get a link that can be used once. Send it in a way you trust.',
  },
  role: { nb: 'Rolle', en: 'Role' },
  make: { nb: 'Lag lenke', en: 'Make the link' },
  link: { nb: 'Lenken', en: 'The link' },
  once: { nb: 'Den vises bare nå, og utløper', en: 'It is shown only now, and expires' },
  copy: { nb: 'Kopier lenken', en: 'Copy the link' },
  copied: { nb: 'Lenken er kopiert', en: 'The link is copied' },
})

/** Makes an invitation link and shows it, once. */
export function InviteDialog({ open, onClose }: { readonly open: boolean; onClose(): void }) {
  const said = useWords(text)
  const roles = useWords(roleWords)
  const [role, setRole] = useState<Role>('reader')
  const [made, setMade] = useState<MadeInvitation | null>(null)
  const [copied, setCopied] = useState(false)
  const inviting = useAction({
    call: (body: { role: Role }) => call<MadeInvitation>('POST', '/api/invitations', body),
    refreshes: ['/api/invitations'],
  })
  const leave = () => {
    setMade(null)
    setCopied(false)
    inviting.reset()
    onClose()
  }
  const make = async () => {
    const outcome = await inviting.run({ role })
    if (outcome.ok) setMade(outcome.answer)
  }
  return (
    <Dialog open={open} onClose={leave} title={said.title} description={said.what}>
      {made === null ? (
        <>
          <SelectField
            label={said.role}
            value={role}
            onChange={(event) => setRole(event.target.value === 'administrator' ? 'administrator' : 'reader')}
          >
            <option value="reader">{roles.reader}</option>
            <option value="administrator">{roles.administrator}</option>
          </SelectField>
          <Fault problem={inviting.problem} />
          <DialogActions onClose={leave}>
            <Button weight="main" running={inviting.running} onClick={() => void make()}>
              {said.make}
            </Button>
          </DialogActions>
        </>
      ) : (
        <>
          <p className="mb-1.5 font-medium">{said.link}</p>
          <p className="select-all break-all rounded-md bg-paper-2 px-3 py-2 font-mono text-sm">
            {made.link}
          </p>
          <p className="mt-2 text-ink-2 text-sm">
            {said.once} <Ago at={made.expiresAt} />.
          </p>
          <DialogActions onClose={leave}>
            <Button
              weight="main"
              onClick={() => void navigator.clipboard.writeText(made.link).then(() => setCopied(true))}
            >
              {copied ? said.copied : said.copy}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  )
}
