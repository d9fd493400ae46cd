import type { DraftDetail, DraftSummary } from '@hevd/amendments/contract'
import type { ControlDetail } from '@hevd/posture/contract'
import {
  AskBeforeLeaving,
  Button,
  Fault,
  Link,
  listedWords,
  places,
  Section,
  useGo,
  useLocale,
  useReplace,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useEffect, useState } from 'react'
import { ChangeApplicability } from './change-applicability.tsx'
import { ChangeParameter, tidyValue } from './change-parameter.tsx'
import { ChangeWords } from './change-words.tsx'
import { ChooseDraft } from './choose-draft.tsx'
import { changeOf, type Edited, inForceOf, same, withChange } from './edited.ts'
import { useSaving } from './saving.ts'

const text = words({
  words: { nb: 'Ordlyd', en: 'Wording' },
  wordsNote: { nb: 'Begge språk sier det samme', en: 'Both languages say the same' },
  parameters: { nb: 'Krav', en: 'Requirements' },
  parametersNote: { nb: 'Det testene måler etter', en: 'What the tests measure by' },
  applicability: { nb: 'Gjelder den?', en: 'Does it apply?' },
  draft: { nb: 'Lagres i', en: 'Saved in' },
  nothing: { nb: 'Ingenting er endret.', en: 'Nothing is changed.' },
  changed: { nb: (what: string) => `Endret: ${what}.`, en: (what: string) => `Changed: ${what}.` },
  theWords: { nb: 'ordlyd', en: 'wording' },
  theParameters: { nb: 'krav', en: 'requirements' },
  theApplicability: { nb: 'om den gjelder', en: 'whether it applies' },
  toDraft: { nb: 'Til utkastet', en: 'To the draft' },
  save: { nb: 'Lagre i utkastet', en: 'Save in the draft' },
})

/** Writes a change and saves it into a draft; what the server finds wrong stands at its field. */
export function Editor({
  control,
  own,
  draft,
}: {
  readonly control: ControlDetail
  readonly own: readonly DraftSummary[]
  readonly draft: DraftDetail | null
}) {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const replace = useReplace()
  const inForce = inForceOf(control)
  const taken = draft?.changes.find((each) => each.control === control.id)
  const begun = taken?.change ?? null
  const [edited, setEdited] = useState<Edited>(() => withChange(inForce, begun))
  const [target, setTarget] = useState<string | null>(draft?.id ?? null)
  const [title, setTitle] = useState('')
  const [saved, setSaved] = useState<string | null>(null)
  const saving = useSaving(control.id, target, taken?.faults ?? [])
  const change = changeOf(inForce, { ...edited, parameters: tidied(edited.parameters) })
  const unsaved = !same(change, begun) && saved === null
  useEffect(() => {
    if (saved !== null) go(places.draft(saved))
  }, [saved, go])
  const faultOf = (field: string) =>
    saving.faults
      .filter((fault) => fault.field === field)
      .map(({ words }) => words[locale])
      .join(' ') || null
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const kept = await saving.save(title, change)
    if (kept === null) return
    if (kept.faults.length === 0) setSaved(kept.id)
    else replace(places.changeControl(control.id, kept.id))
  }
  const parts = [
    ...(change?.title || change?.statement || change?.how ? [said.theWords] : []),
    ...(change?.parameters ? [said.theParameters] : []),
    ...(change !== null && 'notApplicable' in change ? [said.theApplicability] : []),
  ]
  return (
    <form onSubmit={(event) => void save(event)}>
      <AskBeforeLeaving unsaved={unsaved} />
      <Section title={said.words} note={said.wordsNote}>
        <ChangeWords inForce={inForce} edited={edited} faultOf={faultOf} onChange={setEdited} />
      </Section>
      {control.parameters.length > 0 && (
        <Section title={said.parameters} note={said.parametersNote}>
          <div className="flex max-w-measure flex-col gap-6">
            {control.parameters.map((parameter) => (
              <ChangeParameter
                key={parameter.name}
                parameter={parameter}
                value={edited.parameters[parameter.name]}
                fault={faultOf(parameter.name)}
                onChange={(value) =>
                  setEdited({ ...edited, parameters: { ...edited.parameters, [parameter.name]: value } })
                }
              />
            ))}
          </div>
        </Section>
      )}
      <Section title={said.applicability}>
        <ChangeApplicability
          value={edited.notApplicable}
          fault={faultOf('applicability')}
          onChange={(notApplicable) => setEdited({ ...edited, notApplicable })}
        />
      </Section>
      <Section title={said.draft}>
        <ChooseDraft
          control={control}
          own={own}
          begun={draft}
          chosen={target}
          title={title}
          unsaved={unsaved}
          onChoose={setTarget}
          onTitle={setTitle}
        />
      </Section>
      <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-line-2 border-t bg-paper py-4">
        <p className="text-ink-2" aria-live="polite">
          {parts.length === 0 ? said.nothing : said.changed(listedWords(parts, locale))}
        </p>
        <div className="flex flex-wrap items-center gap-4">
          {target !== null && !unsaved && (
            <Link to={places.draft(target)} className="text-link">
              {said.toDraft}
            </Link>
          )}
          <Button weight="main" type="submit" disabled={!unsaved} running={saving.running}>
            {said.save}
          </Button>
        </div>
        <div className="w-full empty:hidden">
          <Fault problem={saving.problem} />
        </div>
      </div>
    </form>
  )
}

function tidied(parameters: Edited['parameters']): Edited['parameters'] {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, tidyValue(value)]))
}
