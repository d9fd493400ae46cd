import type { Accepting, Account } from '@hevd/identity/contract'
import {
  Button,
  call,
  EmptyState,
  Fault,
  TextField,
  useAction,
  useGo,
  useTitle,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'Velkommen', en: 'Welcome' },
  lead: {
    nb: 'Du er invitert til å følge sikkerhetspolicyen. Velg hvordan du vil logge inn.',
    en: 'You are invited to follow the security policy. Choose how you will sign in.',
  },
  name: { nb: 'Navnet ditt', en: 'Your name' },
  nameHelp: { nb: 'Slik kollegene dine kjenner deg.', en: 'As your colleagues know you.' },
  userName: { nb: 'Brukernavn', en: 'User name' },
  userNameHelp: { nb: 'For eksempel e-postadressen din.', en: 'Your e-mail address, for example.' },
  passphrase: { nb: 'Passordfrase', en: 'Passphrase' },
  passphraseHelp: {
    nb: 'Minst tolv tegn. Fire-fem tilfeldige ord er lette å huske og vanskelige å gjette.',
    en: 'At least twelve characters. Four or five random words are easy to remember and hard to guess.',
  },
  enter: { nb: 'Lag bruker og logg inn', en: 'Create the account and sign in' },
  missing: { nb: 'Lenken er ikke hel', en: 'The link is not whole' },
  missingWhy: {
    nb: 'Den siste delen, etter #, mangler. Kopier hele lenken fra invitasjonen og åpne den på nytt.',
    en: 'Its last part, after #, is missing. Copy the whole link from the invitation and open it again.',
  },
})

/** Takes an invitation: the token stands behind `#`, so that it reaches no log. */
export default function Welcome() {
  const said = useWords(text)
  useTitle(said.title)
  const go = useGo()
  const [token] = useState(() => location.hash.slice(1))
  const [name, setName] = useState('')
  const [userName, setUserName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const accepting = useAction({
    call: (body: Accepting) => call<Account>('POST', '/api/invitations/accept', body),
    refreshes: ['/api/'],
  })
  if (token === '')
    return (
      <>
        <h1 className="sr-only">{said.title}</h1>
        <EmptyState title={said.missing}>{said.missingWhy}</EmptyState>
      </>
    )
  const accept = async (event: FormEvent) => {
    event.preventDefault()
    if ((await accepting.run({ token, name, userName, passphrase })).ok) go('/')
  }
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">{said.title}</h1>
      <p className="mt-2 mb-8 text-ink-2">{said.lead}</p>
      <form onSubmit={(event) => void accept(event)} className="flex flex-col gap-5">
        <TextField
          label={said.name}
          help={said.nameHelp}
          autoComplete="name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={said.userName}
          help={said.userNameHelp}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={userName}
          onChange={(event) => setUserName(event.target.value)}
        />
        <TextField
          label={said.passphrase}
          help={said.passphraseHelp}
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Fault problem={accepting.problem} />
        <Button weight="main" type="submit" running={accepting.running} className="mt-2">
          {said.enter}
        </Button>
      </form>
    </>
  )
}
