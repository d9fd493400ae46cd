import type { TakenShare } from '@hevd/keys/contract'
import { AskBeforeLeaving, Button, call, Fault, TextArea, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { rootRefreshes } from './seal-words.ts'
import { groupsOf, wrongGroups } from './share-groups.ts'

const text = words({
  waits: { nb: 'Din del venter på deg', en: 'Your share waits for you' },
  before: {
    nb: 'Den vises én gang. Finn papir og penn, og vær alene. Du skriver den ned, og skriver den så inn igjen, så vi vet at papiret er riktig.',
    en: 'It is shown once. Find paper and a pen, and be alone. You write it down and then type it back, so that we know the paper is right.',
  },
  take: { nb: 'Vis min del', en: 'Show my share' },
  shown: { nb: 'Skriv ned alle gruppene', en: 'Write down every group' },
  how: {
    nb: (threshold: number, custodians: number) =>
      `Dette er én av ${custodians} deler; ${threshold} av dem åpner hvelvet. Skriv også ned datoen og «Hevd». Legg papiret der bare du når det. Ikke ta bilde, og ikke lagre det.`,
    en: (threshold: number, custodians: number) =>
      `This is one of ${custodians} shares; ${threshold} of them open the vault. Write down the date and “Hevd” too. Put the paper where only you can reach it. Take no picture, and do not store it.`,
  },
  written: { nb: 'Jeg har skrevet den ned', en: 'I have written it down' },
  back: { nb: 'Skriv den inn fra papiret', en: 'Type it from the paper' },
  backHelp: {
    nb: 'Store og små bokstaver, bindestreker og linjer spiller ingen rolle.',
    en: 'Case, hyphens and lines do not matter.',
  },
  check: { nb: 'Kontroller', en: 'Check' },
  again: { nb: 'Vis den igjen', en: 'Show it again' },
  wrong: {
    nb: (groups: string) => `Ikke likt i gruppe ${groups}. Se på papiret, eller vis delen igjen.`,
    en: (groups: string) => `Not the same in group ${groups}. Look at the paper, or show the share again.`,
  },
  right: { nb: 'Papiret er riktig', en: 'The paper is right' },
  rightWhy: {
    nb: 'Delen vises ikke mer. Mister du papiret, si fra til en administrator, så deles rotnøkkelen ut på nytt.',
    en: 'The share is not shown again. If you lose the paper, tell an administrator, and the root key is shared anew.',
  },
  done: { nb: 'Ferdig', en: 'Done' },
})

/** A custodian takes their own share: shown once, written down, typed back. @param onDone when it is over */
export function TakeShare({ onTaken, onDone }: { onTaken(): void; onDone(): void }) {
  const said = useWords(text)
  const [taken, setTaken] = useState<TakenShare | null>(null)
  const [step, setStep] = useState<'write' | 'back' | 'right'>('write')
  const taking = useAction({
    call: () => call<TakenShare>('POST', '/api/root-key/share'),
    refreshes: rootRefreshes,
  })
  const take = async () => {
    onTaken()
    const outcome = await taking.run(undefined)
    if (outcome.ok) setTaken(outcome.answer)
  }
  if (taken === null)
    return (
      <>
        <p className="font-medium text-lg">{said.waits}</p>
        <p className="mt-2 mb-6 max-w-measure text-ink-2">{said.before}</p>
        <Button weight="main" running={taking.running} onClick={() => void take()}>
          {said.take}
        </Button>
        <Fault problem={taking.problem} />
      </>
    )
  return (
    <>
      <AskBeforeLeaving unsaved={step !== 'right'} />
      {step === 'write' && <Write taken={taken} onWritten={() => setStep('back')} />}
      {step === 'back' && (
        <TypeBack share={taken.share} onRight={() => setStep('right')} onAgain={() => setStep('write')} />
      )}
      {step === 'right' && (
        <div role="status">
          <p className="font-medium text-lg">{said.right}</p>
          <p className="mt-2 mb-6 max-w-measure text-ink-2">{said.rightWhy}</p>
          <Button weight="main" onClick={onDone}>
            {said.done}
          </Button>
        </div>
      )}
    </>
  )
}

function Write({ taken, onWritten }: { readonly taken: TakenShare; onWritten(): void }) {
  const said = useWords(text)
  return (
    <>
      <p className="font-medium text-lg">{said.shown}</p>
      <p className="mt-2 mb-6 max-w-measure text-ink-2">{said.how(taken.threshold, taken.custodians)}</p>
      <ol className="grid max-w-measure grid-cols-2 gap-x-6 gap-y-3 rounded-md bg-paper-2 px-5 py-4 sm:grid-cols-4">
        {groupsOf(taken.share).map((group, index) => (
          <li key={`group-${String(index)}`} className="flex items-baseline gap-3">
            <span className="w-5 text-right text-ink-2 text-sm tabular-nums">{index + 1}</span>
            <span className="font-mono text-lg tracking-wider">{group}</span>
          </li>
        ))}
      </ol>
      <Button weight="main" className="mt-6" onClick={onWritten}>
        {said.written}
      </Button>
    </>
  )
}

function TypeBack({ share, onRight, onAgain }: { readonly share: string; onRight(): void; onAgain(): void }) {
  const said = useWords(text)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<readonly number[]>([])
  const check = (event: FormEvent) => {
    event.preventDefault()
    const found = wrongGroups(share, typed)
    setWrong(found)
    if (found.length === 0) onRight()
  }
  return (
    <form onSubmit={check} className="flex max-w-measure flex-col gap-5">
      <TextArea
        label={said.back}
        help={said.backHelp}
        fault={wrong.length === 0 ? null : said.wrong(wrong.join(', '))}
        rows={4}
        required
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="font-mono"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="flex flex-wrap gap-3">
        <Button weight="main" type="submit">
          {said.check}
        </Button>
        <Button onClick={onAgain}>{said.again}</Button>
      </div>
    </form>
  )
}
