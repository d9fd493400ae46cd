import type { Account, SignIn as SignInBody } from '@hevd/identity/contract'
import {
  Button,
  call,
  Fault,
  TextField,
  useAction,
  useGo,
  useQueryText,
  useTitle,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'Logg inn', en: 'Sign in' },
  userName: { nb: 'Brukernavn', en: 'User name' },
  passphrase: { nb: 'Passordfrase', en: 'Passphrase' },
  enter: { nb: 'Logg inn', en: 'Sign in' },
  lost: {
    nb: 'Glemt passordfrasen? Be en administrator om en ny invitasjon.',
    en: 'Forgotten the passphrase? Ask an administrator for a new invitation.',
  },
  open: {
    nb: 'Les den offentlige policyen uten å logge inn',
    en: 'Read the public policy without signing in',
  },
})

/** Name and passphrase; then to what is asked of the reader, or the page they came for. */
export default function SignIn() {
  const said = useWords(text)
  useTitle(said.title)
  const go = useGo()
  const [query] = useQueryText()
  const [userName, setUserName] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const entering = useAction({
    call: (body: SignInBody) => call<Account>('POST', '/api/sign-in', body),
    refreshes: ['/api/'],
  })
  const enter = async (event: FormEvent) => {
    event.preventDefault()
    if ((await entering.run({ userName, passphrase })).ok) go(wantedPage(query.get('to')))
  }
  return (
    <>
      <h1 className="mb-8 font-semibold text-2xl tracking-tight">{said.title}</h1>
      <form onSubmit={(event) => void enter(event)} className="flex flex-col gap-5">
        <TextField
          label={said.userName}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={userName}
          onChange={(event) => setUserName(event.target.value)}
        />
        <TextField
          label={said.passphrase}
          type="password"
          autoComplete="current-password"
          required
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
        <Fault problem={entering.problem} />
        <Button weight="main" type="submit" running={entering.running} className="mt-2">
          {said.enter}
        </Button>
      </form>
      <p className="mt-8 text-ink-2 text-sm">{said.lost}</p>
      <p className="mt-2 text-sm">
        <a href="/trust" className="text-link">
          {said.open}
        </a>
      </p>
    </>
  )
}

/** Only a page of our own; the front page gives way to what is asked of the reader. */
function wantedPage(to: string | null): string {
  return to !== null && /^\/[^/\\]/.test(to) ? to : '/asked'
}
