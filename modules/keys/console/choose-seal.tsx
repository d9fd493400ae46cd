import type { ChoosingSeal, RootKey } from '@hevd/keys/contract'
import { Button, Code, call, Fault, SelectField, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Person } from './custodians.tsx'
import { PickCustodians } from './pick-custodians.tsx'
import { rootRefreshes, type SealKind, sealMeaningWords, sealWords } from './seal-words.ts'

const text = words({
  seal: { nb: 'Hva skal holde rotnøkkelen?', en: 'What is to hold the root key?' },
  more: {
    nb: 'Flere måter settes opp der tjeneren kjører, med én av disse:',
    en: 'Other ways are set up where the server runs, by one of these:',
  },
  threshold: { nb: 'Så mange må til for å åpne', en: 'It takes so many to open' },
  ofThem: {
    nb: (needed: number, of: number) => `${needed} av ${of}`,
    en: (needed: number, of: number) => `${needed} of ${of}`,
  },
  allNeeded: {
    nb: 'Alle må til: mister én sin del, kan hvelvet aldri åpnes igjen. Velg færre, eller flere nøkkelholdere.',
    en: 'All are needed: if one loses their share, the vault can never be opened again. Choose fewer, or more custodians.',
  },
  tooFew: {
    nb: 'Velg minst to nøkkelholdere. Er du alene, trenger hvelvet en annen forsegling, for eksempel en nøkkelfil.',
    en: 'Choose at least two custodians. If you are alone, the vault needs another seal, such as a key file.',
  },
})
const settings = {
  file: 'HEVD_SEAL_FILE',
  pkcs11: 'HEVD_SEAL_PKCS11_LIBRARY',
  transit: 'HEVD_SEAL_TRANSIT_KEY',
  'aws-kms': 'HEVD_SEAL_AWS_KEY',
  'gcp-kms': 'HEVD_SEAL_GCP_KEY',
  'azure-kms': 'HEVD_SEAL_AZURE_KEY',
} as const
const order = ['shares', 'pkcs11', 'transit', 'aws-kms', 'gcp-kms', 'azure-kms', 'file'] as const

/** Chooses what seals the root key, and does so. @param path where the choice goes */
export function ChooseSeal({
  available,
  before,
  path,
  act,
  done,
  aside,
  onDone,
}: {
  readonly available: RootKey['available']
  /** The plan that is in force, to begin from. */
  readonly before: { readonly threshold: number; readonly custodians: readonly Person[] } | null
  readonly path: string
  readonly act: string
  readonly done: { readonly nb: string; readonly en: string }
  /** Beside the button. */
  readonly aside?: ReactNode
  onDone(): void
}) {
  const said = useWords(text)
  const seals = useWords(sealWords)
  const meanings = useWords(sealMeaningWords)
  const [seal, setSeal] = useState<SealKind>('shares')
  const [custodians, setCustodians] = useState<readonly Person[]>(before?.custodians ?? [])
  const [wanted, setWanted] = useState(before?.threshold ?? 2)
  const choosing = useAction({
    call: (body: ChoosingSeal) => call<RootKey>('POST', path, body),
    refreshes: rootRefreshes,
    done,
  })
  const count = custodians.length
  const threshold = Math.min(wanted, Math.max(2, count))
  const ready = seal !== 'shares' || count >= 2
  const choose = async (event: FormEvent) => {
    event.preventDefault()
    const body: ChoosingSeal =
      seal === 'shares' ? { seal, threshold, custodians: custodians.map(({ id }) => id) } : { seal }
    if ((await choosing.run(body)).ok) onDone()
  }
  return (
    <form onSubmit={(event) => void choose(event)} className="flex max-w-measure flex-col gap-6">
      <fieldset className="flex flex-col gap-4">
        <legend className="mb-3 font-medium">{said.seal}</legend>
        {order
          .filter((kind) => available.includes(kind))
          .map((kind) => (
            <label key={kind} className="flex items-baseline gap-3">
              <input type="radio" name="seal" checked={seal === kind} onChange={() => setSeal(kind)} />
              <span>
                {seals[kind]}
                <span className="block text-ink-2 text-sm">{meanings[kind]}</span>
              </span>
            </label>
          ))}
        <More available={available} />
      </fieldset>
      {seal === 'shares' && (
        <>
          <PickCustodians chosen={custodians} onChoose={setCustodians} />
          {count < 2 ? (
            <p className="text-ink-2">{said.tooFew}</p>
          ) : (
            <SelectField
              label={said.threshold}
              {...(threshold === count ? { help: said.allNeeded } : {})}
              value={threshold}
              onChange={({ target }) => setWanted(Number(target.value))}
            >
              {Array.from({ length: count - 1 }, (_, index) => (
                <option key={String(index)} value={index + 2}>
                  {said.ofThem(index + 2, count)}
                </option>
              ))}
            </SelectField>
          )}
        </>
      )}
      <div>
        <div className="flex flex-wrap gap-3">
          <Button weight="main" type="submit" disabled={!ready} running={choosing.running}>
            {act}
          </Button>
          {aside}
        </div>
        <Fault problem={choosing.problem} />
      </div>
    </form>
  )
}

/** Seals that could be set up, by the setting that does so. */
function More({ available }: Pick<RootKey, 'available'>) {
  const said = useWords(text)
  const names = Object.entries(settings).flatMap(([kind, name]) =>
    available.some((each) => each === kind) ? [] : [name],
  )
  if (names.length === 0) return null
  return (
    <p className="text-ink-2 text-sm">
      {said.more}{' '}
      {names.map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <span className="whitespace-nowrap">
            <Code>{name}</Code>
          </span>
        </span>
      ))}
    </p>
  )
}
