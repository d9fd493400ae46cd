import type { RootKey } from '@hevd/keys/contract'
import { Button, call, Fault, Section, useAction, useMayChange, useWords, words } from '@hevd/ui'
import { Custodians } from './custodians.tsx'
import { rootRefreshes } from './seal-words.ts'
import { TakeShare } from './take-share.tsx'

const text = words({
  title: { nb: 'Delene deles ut', en: 'The shares are handed out' },
  note: {
    nb: 'Hver henter sin egen, med sin egen konto. Stopper tjeneren før alle har hentet, begynner dere på nytt.',
    en: 'Each takes their own, with their own account. If the server stops before all have, you begin anew.',
  },
  first: {
    nb: 'Hvelvet er i bruk når alle har hentet sin.',
    en: 'The vault is in use when all have taken theirs.',
  },
  again: {
    nb: 'De nye delene gjelder når alle har hentet sin. Til da gjelder det som var.',
    en: 'The new shares are in force when all have taken theirs. Until then what was before is.',
  },
  plan: {
    nb: (threshold: number, of: number) => `${threshold} av ${of} må til for å åpne hvelvet.`,
    en: (threshold: number, of: number) => `It takes ${threshold} of ${of} to open the vault.`,
  },
  custodians: { nb: 'Nøkkelholdere', en: 'Custodians' },
  taken: { nb: 'har hentet sin del', en: 'has taken their share' },
  waits: { nb: 'har ikke hentet sin del', en: 'has not taken their share' },
  cancel: { nb: 'Avbryt utdelingen', en: 'Cancel the handing out' },
  cancelled: { nb: 'Utdelingen er avbrutt.', en: 'The handing out was cancelled.' },
})

/**
 * New shares that wait for their custodians. @param taking whether the reader's own is on the screen, which goes on when the
 * handing out is over
 */
export function HandOut({
  of: { sharing, state },
  taking,
  onTaking,
}: {
  readonly of: RootKey
  readonly taking: boolean
  onTaking(taking: boolean): void
}) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const cancelling = useAction({
    call: () => call<RootKey>('DELETE', '/api/root-key/sharing'),
    refreshes: rootRefreshes,
    done: text.cancelled,
  })
  return (
    <Section title={said.title} note={said.note}>
      {(taking || sharing?.waitsForYou === true) && (
        <div className="mb-10">
          <TakeShare onTaken={() => onTaking(true)} onDone={() => onTaking(false)} />
        </div>
      )}
      {sharing !== null && (
        <>
          <p className="mb-4 max-w-measure">
            {state === 'uninitialised' ? said.first : said.again}{' '}
            {said.plan(sharing.threshold, sharing.custodians.length)}
          </p>
          <Custodians
            label={said.custodians}
            of={sharing.custodians}
            state={({ id }) => (sharing.waitsFor.some((other) => other.id === id) ? said.waits : said.taken)}
          />
          {mayChange && !taking && (
            <Button
              weight="grave"
              className="mt-6"
              running={cancelling.running}
              onClick={() => void cancelling.run(undefined)}
            >
              {said.cancel}
            </Button>
          )}
          <Fault problem={cancelling.problem} />
        </>
      )}
    </Section>
  )
}
