import type { PolicyReading } from '@hevd/amendments/contract'
import { base64Of, ChooseFile, call, Fault, Loading, Page, useAction, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { Reading } from './reading.tsx'

const text = words({
  title: { nb: 'Les inn en policy dere har', en: 'Read in a policy you have' },
  lead: {
    nb: 'Hver setning får et forslag til kontroll, med ordene som avgjorde det. Du retter der forslaget er feil; av det du bekrefter, blir det et utkast.',
    en: 'Each sentence gets a proposed control, with the words that decided it. You mend where the proposal is wrong; what you confirm becomes a draft.',
  },
  file: {
    nb: 'Tekst, Markdown, HTML eller PDF, på norsk eller engelsk. Filen leses her og blir ikke lagret.',
    en: 'Text, Markdown, HTML or PDF, in Norwegian or English. The file is read here and is not stored.',
  },
})

/** An organisation's own security page, read: what each sentence promises, and what of it is taken into a draft. */
export default function ReadPolicy() {
  const said = useWords(text)
  const [name, setName] = useState<string | null>(null)
  const reading = useAction({
    call: (body: { readonly fileName: string; readonly base64: string }) =>
      call<PolicyReading>('POST', '/api/policy/readings', body),
    refreshes: [],
  })
  const choose = async (file: File) => {
    setName(file.name)
    await reading.run({ fileName: file.name, base64: await base64Of(file) })
  }
  return (
    <Page title={said.title} lead={said.lead}>
      <ChooseFile accept=".txt,.md,.html,.htm,.pdf" name={name} onChoose={(file) => void choose(file)} />
      <p className="mt-2 max-w-measure text-ink-2 text-sm">{said.file}</p>
      <Fault problem={reading.problem} />
      {reading.running && <Loading lines={8} />}
      {reading.answer !== null && name !== null && <Reading of={reading.answer} fileName={name} />}
    </Page>
  )
}
