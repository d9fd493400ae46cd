import type { RootKey } from '@hevd/keys/contract'
import {
  Ago,
  Button,
  call,
  Fault,
  TextArea,
  useAction,
  useMayChange,
  useReader,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { Custodians } from './custodians.tsx'
import { rootRefreshes } from './seal-words.ts'

const text = words({
  progress: {
    nb: (given: number, threshold: number) => `${given} av ${threshold} deler er gitt`,
    en: (given: number, threshold: number) => `${given} of ${threshold} shares are given`,
  },
  expires: { nb: 'De som er gitt, glemmes', en: 'Those given are forgotten' },
  custodians: { nb: 'Nøkkelholdere', en: 'Custodians' },
  given: { nb: 'har gitt sin del', en: 'has given their share' },
  waits: { nb: 'kan gi sin del', en: 'can give their share' },
  share: { nb: 'Din del', en: 'Your share' },
  help: {
    nb: 'Skriv den fra papiret. Bindestreker, linjer og store eller små bokstaver spiller ingen rolle.',
    en: 'Type it from the paper. Hyphens, lines and case do not matter.',
  },
  give: { nb: 'Gi min del', en: 'Give my share' },
  done: { nb: 'Delen er gitt.', en: 'The share was given.' },
  yours: {
    nb: 'Du har gitt din del. Nå trengs de andre.',
    en: 'You have given your share. Now the others are needed.',
  },
  others: {
    nb: 'Du er ikke nøkkelholder. Be noen av dem gi sin del her, med sin egen konto.',
    en: 'You are not a custodian. Ask some of them to give their share here, with their own account.',
  },
  reset: { nb: 'Glem delene som er gitt', en: 'Forget the shares given' },
  forgotten: { nb: 'Delene er glemt.', en: 'The shares are forgotten.' },
})
type Ceremony = NonNullable<RootKey['unsealing']>

/** Custodians give their shares, each their own. @param path where a share goes. @param resets address that forgets them; null for none */
export function GiveShares({
  of,
  path,
  resets,
}: {
  readonly of: Ceremony
  readonly path: string
  readonly resets: string | null
}) {
  const said = useWords(text)
  const reader = useReader()
  const mayChange = useMayChange()
  const { custodians, given, givenByYou, threshold, expiresAt } = of
  const isCustodian = custodians.some(({ id }) => id === reader?.id)
  const resetting = useAction({
    call: () => call<RootKey>('DELETE', resets ?? ''),
    refreshes: rootRefreshes,
    done: text.forgotten,
  })
  return (
    <>
      <p className="mb-1 font-medium text-lg" role="status">
        {said.progress(given.length, threshold)}
      </p>
      <div aria-hidden="true" className="mb-4 flex gap-1.5">
        {Array.from({ length: threshold }, (_, index) => (
          <span
            key={String(index)}
            className={`h-1.5 w-10 rounded-full ${index < given.length ? 'bg-accent' : 'bg-line-2'}`}
          />
        ))}
      </div>
      {expiresAt !== null && (
        <p className="mb-4 text-ink-2">
          {said.expires} <Ago at={expiresAt} />.
        </p>
      )}
      <Custodians
        label={said.custodians}
        of={custodians}
        state={({ id }) => (given.some((other) => other.id === id) ? said.given : said.waits)}
      />
      <div className="mt-6">
        {!isCustodian ? (
          <p className="max-w-measure text-ink-2">{said.others}</p>
        ) : givenByYou ? (
          <p className="max-w-measure">{said.yours}</p>
        ) : (
          <GiveShare path={path} />
        )}
      </div>
      {resets !== null && given.length > 0 && (isCustodian || mayChange) && (
        <Button
          weight="quiet"
          className="mt-4"
          running={resetting.running}
          onClick={() => void resetting.run(undefined)}
        >
          {said.reset}
        </Button>
      )}
      <Fault problem={resetting.problem} />
    </>
  )
}

function GiveShare({ path }: { readonly path: string }) {
  const said = useWords(text)
  const [share, setShare] = useState('')
  const giving = useAction({
    call: (typed: string) => call<RootKey>('POST', path, { share: typed }),
    refreshes: rootRefreshes,
    done: text.done,
  })
  const give = async (event: FormEvent) => {
    event.preventDefault()
    if ((await giving.run(share)).ok) setShare('')
  }
  return (
    <form onSubmit={(event) => void give(event)} className="flex max-w-measure flex-col gap-5">
      <TextArea
        label={said.share}
        help={said.help}
        rows={4}
        required
        maxLength={500}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="font-mono"
        value={share}
        onChange={({ target }) => setShare(target.value)}
      />
      <div>
        <Button weight="main" type="submit" running={giving.running}>
          {said.give}
        </Button>
        <Fault problem={giving.problem} />
      </div>
    </form>
  )
}
