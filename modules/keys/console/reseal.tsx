import type { RootKey } from '@hevd/keys/contract'
import { Button, call, Fault, Section, useAction, useMayChange, useWords, words } from '@hevd/ui'
import { ChooseSeal } from './choose-seal.tsx'
import { GiveShares } from './give-share.tsx'
import { rootRefreshes, sealWords } from './seal-words.ts'

const text = words({
  title: { nb: 'Forsegl rotnøkkelen på nytt', en: 'Seal the root key anew' },
  note: {
    nb: 'Rotnøkkelen er den samme, så ingenting må krypteres på nytt. Det som holder den nå, slutter å virke.',
    en: 'The root key stays the same, so nothing is encrypted again. What holds it now stops working.',
  },
  agree: {
    nb: 'Nøkkelholderne må samtykke ved å gi hver sin del til det. Ta bort dem som ikke skal være med lenger, og legg til nye.',
    en: 'The custodians must agree by giving their shares to it. Remove those who are to be custodians no more, and add others.',
  },
  lost: {
    nb: (name: string) =>
      `Delen til ${name} er tapt. Når nye deler er hentet, åpner den ingenting. Behold ${name} i listen for å gi en ny del, eller ta ${name} bort.`,
    en: (name: string) =>
      `The share of ${name} is lost. Once new shares are taken, it opens nothing. Keep ${name} in the list to give a new share, or remove ${name}.`,
  },
  act: { nb: 'Forsegl på nytt', en: 'Seal anew' },
  done: { nb: 'Det er begynt.', en: 'It has begun.' },
  close: { nb: 'Avbryt', en: 'Cancel' },
  going: { nb: 'Rotnøkkelen forsegles på nytt', en: 'The root key is sealed anew' },
  to: { nb: 'Til', en: 'To' },
  plan: {
    nb: (threshold: number, names: string) => `${threshold} av disse må til: ${names}`,
    en: (threshold: number, names: string) => `It takes ${threshold} of these: ${names}`,
  },
  goingNote: {
    nb: 'Den som gir sin del her, samtykker til det som står her. Hvelvet er som før til det er ferdig.',
    en: 'Whoever gives their share here agrees to what stands here. The vault is as before until it is done.',
  },
  cancel: { nb: 'Avbryt forseglingen', en: 'Cancel the sealing' },
  cancelled: { nb: 'Den er avbrutt.', en: 'It was cancelled.' },
})

/** Chooses new custodians or another seal. @param lost the custodian whose share is lost */
export function Reseal({
  of,
  lost,
  onClose,
}: {
  readonly of: RootKey
  readonly lost: string | null
  onClose(): void
}) {
  const said = useWords(text)
  const loser = of.plan?.custodians.find(({ id }) => id === lost)
  return (
    <Section title={said.title} note={said.note}>
      {loser !== undefined && (
        <p className="mb-6 max-w-measure border-unknown border-l-2 pl-3">{said.lost(loser.name)}</p>
      )}
      {of.plan !== null && <p className="mb-6 max-w-measure text-ink-2">{said.agree}</p>}
      <ChooseSeal
        available={of.available}
        before={of.plan}
        path="/api/root-key/reseal"
        act={said.act}
        done={text.done}
        aside={<Button onClick={onClose}>{said.close}</Button>}
        onDone={onClose}
      />
    </Section>
  )
}

/** A sealing anew that the present custodians must agree to. */
export function Resealing({ of }: { readonly of: NonNullable<RootKey['resealing']> }) {
  const said = useWords(text)
  const seals = useWords(sealWords)
  const mayChange = useMayChange()
  const cancelling = useAction({
    call: () => call<RootKey>('DELETE', '/api/root-key/sharing'),
    refreshes: rootRefreshes,
    done: text.cancelled,
  })
  const { seal, plan, ceremony } = of
  return (
    <Section title={said.going} note={said.goingNote}>
      <p className="mb-6 max-w-measure">
        {said.to}: {seals[seal]}
        {plan !== null &&
          `. ${said.plan(plan.threshold, plan.custodians.map(({ name }) => name).join(', '))}`}
      </p>
      <GiveShares of={ceremony} path="/api/root-key/reseal/share" resets={null} />
      {mayChange && (
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
    </Section>
  )
}
