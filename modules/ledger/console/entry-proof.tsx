import type { InclusionProof, LogName, LogView } from '@hevd/ledger/contract'
import {
  Button,
  Code,
  checkProof,
  Facts,
  Fault,
  Loaded,
  numeral,
  type ProofAnswer,
  Shape,
  useAction,
  useLocale,
  useResource,
  useWords,
  words,
} from '@hevd/ui'
import { useState } from 'react'

const text = words({
  lead: {
    nb: (count: string) => `Beviset er ${count} hasher på veien fra oppføringen opp til den signerte roten.`,
    en: (count: string) => `The proof is ${count} hashes on the way from the entry up to the signed root.`,
  },
  verify: { nb: 'Kontroller her', en: 'Verify here' },
  download: { nb: 'Last ned beviset', en: 'Download the proof' },
  proven: {
    nb: 'Kontrollert i nettleseren din: oppføringen står i loggen, under et sjekkpunkt som loggens nøkkel har signert.',
    en: 'Verified in your browser: the entry stands in the log, under a checkpoint that the log’s key signed.',
  },
  provenLess: {
    nb: 'Det viser at ingenting er skrevet om, ikke at det er sant. Koden kom fra denne tjeneren; «hevd verify» på en annen maskin beviser mer.',
    en: 'That shows that nothing was rewritten, not that it is true. The code came from this server; “hevd verify” on another machine proves more.',
  },
  refuted: { nb: 'Beviset holder ikke', en: 'The proof does not hold' },
  refutedWhat: {
    nb: 'Stol ikke på det som står her. Ta vare på beviset og si fra til den som har ansvar for loggen.',
    en: 'Do not trust what stands here. Keep the proof and tell whoever is responsible for the log.',
  },
  root: { nb: 'Rot', en: 'Root' },
  size: { nb: 'Oppføringer under den', en: 'Entries below it' },
})

/** The proof of one entry: checked in this browser, or taken away to be checked elsewhere. */
export function EntryProof({ log, index }: { readonly log: LogName; readonly index: number }) {
  const said = useWords(text)
  const locale = useLocale()
  const proof = useResource<InclusionProof>(`/api/logs/${log}/entries/${index}/proof`)
  const view = useResource<LogView>(`/api/logs/${log}`)
  const [answer, setAnswer] = useState<ProofAnswer | null>(null)
  const checking = useAction({
    call: (both: { readonly proof: InclusionProof; readonly view: LogView }) =>
      checkProof(both.proof, both.view),
    refreshes: [],
  })
  return (
    <Loaded of={proof} lines={2}>
      {(loaded) => (
        <Loaded of={view} lines={2}>
          {(of) => (
            <>
              <p className="mb-4 text-ink-2">{said.lead(numeral(loaded.path.length, locale))}</p>
              <div className="flex flex-wrap gap-3">
                <Button
                  weight="main"
                  running={checking.running}
                  onClick={() =>
                    void checking
                      .run({ proof: loaded, view: of })
                      .then((outcome) => setAnswer(outcome.ok ? outcome.answer : null))
                  }
                >
                  {said.verify}
                </Button>
                <Button
                  onClick={() =>
                    download(`hevd-${log}-${index}.json`, { ...loaded, verifierKey: of.verifierKey })
                  }
                >
                  {said.download}
                </Button>
              </div>
              <Fault problem={checking.problem} />
              {answer !== null && <Answer answer={answer} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  )
}

function Answer({ answer }: { readonly answer: ProofAnswer }) {
  const said = useWords(text)
  const locale = useLocale()
  if (answer.state === 'refuted')
    return (
      <div role="alert" className="mt-6 max-w-measure border-fails border-l-2 pl-4">
        <p className="font-medium text-fails">
          <Shape state="fails" className="mr-2 size-[0.72em]" />
          {said.refuted}
        </p>
        <p className="mt-1">{answer.words[locale]}</p>
        <p className="mt-1 text-ink-2">{said.refutedWhat}</p>
      </div>
    )
  return (
    <div role="status" className="mt-6 max-w-measure border-holds border-l-2 pl-4">
      <p className="font-medium text-holds">
        <Shape state="holds" className="mr-2 size-[0.72em]" />
        {said.proven}
      </p>
      <p className="mt-1 mb-4 text-ink-2 text-sm">{said.provenLess}</p>
      <Facts
        of={[
          [said.size, numeral(answer.size, locale)],
          [said.root, <Code key="root">{answer.root}</Code>],
        ]}
      />
    </div>
  )
}

function download(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
