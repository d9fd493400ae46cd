import type { RootKey } from '@hevd/keys/contract'
import { Button, call, Fault, Section, useAction, useMayChange, useRead, useWords, words } from '@hevd/ui'
import { GiveShares } from './give-share.tsx'
import { rootRefreshes, sealWords } from './seal-words.ts'

const text = words({
  title: { nb: 'Hvelvet er forseglet', en: 'The vault is sealed' },
  note: {
    nb: 'Alt som trenger nøkler, får svaret 503 til det åpnes. Ingenting er tapt.',
    en: 'All that needs keys is answered 503 until it opens. Nothing is lost.',
  },
  by: { nb: 'Det åpnes av', en: 'It is opened by' },
  again: { nb: 'Prøv å åpne det', en: 'Try to open it' },
  open: { nb: 'Hvelvet er åpent.', en: 'The vault is open.' },
})

/** A sealed vault: custodians give their shares, or the seal that opens by itself is tried again. */
export function Unseal({ of }: { readonly of: RootKey }) {
  const said = useWords(text)
  const read = useRead()
  const seals = useWords(sealWords)
  const mayChange = useMayChange()
  const opening = useAction({
    call: () => call<RootKey>('POST', '/api/root-key/open'),
    refreshes: rootRefreshes,
    done: text.open,
  })
  return (
    <Section title={said.title} note={said.note}>
      {of.why !== null && (
        <p role="alert" className="mb-6 max-w-measure border-fails border-l-2 pl-3">
          {read(of.why)}
        </p>
      )}
      {of.unsealing !== null ? (
        <GiveShares of={of.unsealing} path="/api/root-key/unseal" resets="/api/root-key/unseal" />
      ) : (
        <>
          {of.seal !== null && (
            <p className="mb-4">
              {said.by}: {seals[of.seal]}
            </p>
          )}
          {mayChange && (
            <Button weight="main" running={opening.running} onClick={() => void opening.run(undefined)}>
              {said.again}
            </Button>
          )}
          <Fault problem={opening.problem} />
        </>
      )}
    </Section>
  )
}
