import type { RootKey } from '@hevd/keys/contract'
import { EmptyState, Loaded, Page, Section, useMayChange, useQueryText, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { ChooseSeal } from './choose-seal.tsx'
import { Custody } from './custody.tsx'
import { HandOut } from './hand-out.tsx'
import { KeysTabs } from './keys-tabs.tsx'
import { Reseal, Resealing } from './reseal.tsx'
import { Unseal } from './unseal.tsx'
import { useRootKey } from './vault-state.tsx'

const text = words({
  title: { nb: 'Rotnøkkelen', en: 'The root key' },
  lead: {
    nb: 'Alle nøkler i hvelvet er kryptert under én rotnøkkel. Selv er den forseglet, og lagres aldri åpen.',
    en: 'Every key in the vault is encrypted under one root key. It is itself sealed, and never stored in the open.',
  },
  setUp: { nb: 'Ta hvelvet i bruk', en: 'Set the vault up' },
  setUpNote: {
    nb: 'Rotnøkkelen lages her og vises aldri.',
    en: 'The root key is made here and never shown.',
  },
  make: { nb: 'Lag rotnøkkelen', en: 'Make the root key' },
  made: { nb: 'Rotnøkkelen er laget.', en: 'The root key was made.' },
  none: { nb: 'Hvelvet er ikke tatt i bruk', en: 'The vault is not in use yet' },
  noneWhy: {
    nb: 'En administrator lager rotnøkkelen og velger hvem som skal holde den.',
    en: 'An administrator makes the root key and chooses who is to hold it.',
  },
})

/** How the root key is kept: set-up, shares handed out, the vault opened and sealed, shared anew. */
export default function Root() {
  const said = useWords(text)
  // Custodians sit at several machines: what one does is soon seen by the others.
  const root = useRootKey(4_000)
  return (
    <Page title={said.title} lead={said.lead}>
      <KeysTabs />
      <Loaded of={root} lines={6}>
        {(view) => (
          <div className="-mt-6 *:first:border-t-0">
            <Standing of={view} />
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function Standing({ of }: { readonly of: RootKey }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [query, change] = useQueryText()
  const [taking, setTaking] = useState(false)
  const handsOut = of.sharing !== null || taking
  if (query.get('do') === 'reseal' && mayChange && of.state !== 'uninitialised' && !handsOut)
    return <Reseal of={of} lost={query.get('lost')} onClose={() => change({ do: null, lost: null })} />
  return (
    <>
      {handsOut && <HandOut of={of} taking={taking} onTaking={setTaking} />}
      {of.resealing !== null && <Resealing of={of.resealing} />}
      {of.state === 'uninitialised' &&
        !handsOut &&
        (mayChange ? (
          <Section title={said.setUp} note={said.setUpNote}>
            <ChooseSeal
              available={of.available}
              before={null}
              path="/api/root-key"
              act={said.make}
              done={text.made}
              onDone={() => undefined}
            />
          </Section>
        ) : (
          <EmptyState title={said.none}>{said.noneWhy}</EmptyState>
        ))}
      {of.state === 'sealed' && <Unseal of={of} />}
      {of.state !== 'uninitialised' && (
        <Custody
          of={of}
          onReseal={(lost) => change({ do: 'reseal', lost })}
          mayReseal={mayChange && !handsOut && of.resealing === null}
        />
      )}
    </>
  )
}
