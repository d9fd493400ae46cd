import type { RootKey } from '@hevd/keys/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Facts,
  Fault,
  numeral,
  Section,
  useAction,
  useLocale,
  useMayChange,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { Custodians } from './custodians.tsx'
import { rootRefreshes, sealMeaningWords, sealWords } from './seal-words.ts'

const text = words({
  title: { nb: 'Hvordan den holdes', en: 'How it is kept' },
  state: { nb: 'Hvelvet er', en: 'The vault is' },
  sealed: { nb: 'forseglet', en: 'sealed' },
  unsealed: { nb: 'åpent', en: 'open' },
  by: { nb: 'Forseglet med', en: 'Sealed by' },
  since: { nb: 'Slik siden', en: 'So since' },
  made: { nb: 'Laget', en: 'Made' },
  protects: { nb: 'Beskytter', en: 'Protects' },
  keys: {
    nb: (count: string) => (count === '1' ? 'én nøkkel' : `${count} nøkler`),
    en: (count: string) => (count === '1' ? 'one key' : `${count} keys`),
  },
  reseal: { nb: 'Del den ut på nytt, eller bytt forsegling', en: 'Share it anew, or take another seal' },
  sealNow: { nb: 'Forsegle nå', en: 'Seal now' },
  custodians: { nb: 'Nøkkelholdere', en: 'Custodians' },
  plan: {
    nb: (threshold: number, of: number) => `${threshold} av ${of} må til for å åpne hvelvet.`,
    en: (threshold: number, of: number) => `It takes ${threshold} of ${of} to open the vault.`,
  },
  spare: {
    nb: (spare: number) =>
      spare === 0
        ? 'Mister én sin del, kan hvelvet ikke åpnes igjen.'
        : spare === 1
          ? 'Én kan miste sin del.'
          : `${spare} kan miste sin del.`,
    en: (spare: number) =>
      spare === 0
        ? 'If one loses their share, the vault cannot be opened again.'
        : spare === 1
          ? 'One may lose their share.'
          : `${spare} may lose their shares.`,
  },
  lost: { nb: 'Delen er tapt', en: 'The share is lost' },
  holds: { nb: 'holder en del', en: 'holds a share' },
  sealTitle: { nb: 'Forsegle hvelvet nå?', en: 'Seal the vault now?' },
  sealWhat: {
    nb: 'Rotnøkkelen slettes fra minnet på alle tjenere. Alt som trenger nøkler, får svaret 503 til hvelvet åpnes igjen.',
    en: 'The root key is erased from the memory of every server. All that needs keys is answered 503 until the vault is opened again.',
  },
  sealDone: { nb: 'Hvelvet er forseglet.', en: 'The vault is sealed.' },
})

/** Which seal the root key has, who its custodians are, and what can be done about it. */
export function Custody({
  of,
  mayReseal,
  onReseal,
}: {
  readonly of: RootKey
  readonly mayReseal: boolean
  /** @param lost the custodian whose share is lost; null for another reason */
  onReseal(lost: string | null): void
}) {
  const said = useWords(text)
  const seals = useWords(sealWords)
  const meanings = useWords(sealMeaningWords)
  const locale = useLocale()
  const mayChange = useMayChange()
  const [asking, setAsking] = useState(false)
  const { state, seal, sealedAt, madeAt, plan, keys } = of
  return (
    <>
      <Section title={said.title}>
        <Facts
          of={[
            [said.state, state === 'sealed' ? said.sealed : said.unsealed],
            ...(seal === null
              ? []
              : [
                  [
                    said.by,
                    <span key="seal">
                      {seals[seal]}
                      <span className="block max-w-measure text-ink-2 text-sm">{meanings[seal]}</span>
                    </span>,
                  ] as const,
                ]),
            ...(sealedAt === null ? [] : [[said.since, <When key="since" at={sealedAt} />] as const]),
            ...(madeAt === null ? [] : [[said.made, <When key="made" at={madeAt} />] as const]),
            [said.protects, said.keys(numeral(keys, locale))],
          ]}
        />
        {mayChange && (
          <div className="mt-6 flex flex-wrap gap-3">
            {mayReseal && <Button onClick={() => onReseal(null)}>{said.reseal}</Button>}
            {state === 'unsealed' && (
              <Button weight="grave" onClick={() => setAsking(true)}>
                {said.sealNow}
              </Button>
            )}
          </div>
        )}
      </Section>
      {plan !== null && of.unsealing === null && of.resealing === null && (
        <Section title={said.custodians}>
          <p className="mb-4 max-w-measure">
            {said.plan(plan.threshold, plan.custodians.length)}{' '}
            {said.spare(plan.custodians.length - plan.threshold)}
          </p>
          <Custodians
            label={said.custodians}
            of={plan.custodians}
            state={({ id, name }) =>
              mayReseal ? (
                <Button
                  weight="quiet"
                  className="min-h-6 py-0"
                  aria-label={`${said.lost}: ${name}`}
                  onClick={() => onReseal(id)}
                >
                  {said.lost}
                </Button>
              ) : (
                said.holds
              )
            }
          />
        </Section>
      )}
      {asking && <SealNow onClose={() => setAsking(false)} />}
    </>
  )
}

function SealNow({ onClose }: { onClose(): void }) {
  const said = useWords(text)
  const sealing = useAction({
    call: () => call<RootKey>('POST', '/api/root-key/seal'),
    refreshes: rootRefreshes,
    done: text.sealDone,
  })
  return (
    <Dialog open onClose={onClose} title={said.sealTitle} description={said.sealWhat}>
      <Fault problem={sealing.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight="grave"
          running={sealing.running}
          onClick={() => void sealing.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.sealNow}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
