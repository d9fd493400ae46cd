import type { DraftDetail, PolicyReading } from '@hevd/amendments/contract'
import {
  AskBeforeLeaving,
  Button,
  Choices,
  call,
  EmptyState,
  Fault,
  numeral,
  type Option,
  places,
  Section,
  TextField,
  useAction,
  useGo,
  useLocale,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useCallback, useEffect, useMemo, useState } from 'react'
import { type Chosen, changesOf, proposed, type Sentence, valueKey, withControl } from './chosen.ts'
import { useControls } from './controls.ts'
import { ReadingSentence } from './reading-sentence.tsx'
import { Unmentioned } from './unmentioned.tsx'

const text = words({
  sentences: { nb: 'Setninger', en: 'Sentences' },
  show: { nb: 'Vis', en: 'Show' },
  all: { nb: 'Alle', en: 'All' },
  tested: { nb: 'Med kontroll', en: 'With a control' },
  untested: { nb: 'Ingenting tester', en: 'Nothing tests' },
  values: { nb: 'Med verdier', en: 'With values' },
  none: { nb: 'Ingen setninger her', en: 'No sentences here' },
  unmentioned: { nb: 'Ikke nevnt', en: 'Not mentioned' },
  draft: { nb: 'Utkastet', en: 'The draft' },
  name: { nb: 'Navn på utkastet', en: 'Name of the draft' },
  ownWords: { nb: 'Ta inn vår egen ordlyd', en: 'Take in our own wording' },
  ownWordsHelp: {
    nb: 'Løftet i hver kontroll blir da setningene fra filen. Det andre språket må oversettes i utkastet før det kan sendes. Uten dette er det bare verdiene som tas inn.',
    en: 'The promise of each control then becomes the sentences of the file. The other language must be translated in the draft before it can be sent. Without this the values alone are taken in.',
  },
  summary: {
    nb: (controls: number, told: string) =>
      controls === 1 ? 'Utkastet endrer én kontroll.' : `Utkastet endrer ${told} kontroller.`,
    en: (controls: number, told: string) =>
      controls === 1 ? 'The draft changes one control.' : `The draft changes ${told} controls.`,
  },
  nothing: {
    nb: 'Ingenting her er annerledes enn policyen som gjelder.',
    en: 'Nothing here differs from the policy in force.',
  },
  make: { nb: 'Bekreft og lag utkastet', en: 'Confirm and make the draft' },
})

const views = ['all', 'tested', 'untested', 'values'] as const
type View = (typeof views)[number]

/** The sentences with what is proposed for each, what is not mentioned, and the draft that it becomes. */
export function Reading({ of, fileName }: { readonly of: PolicyReading; readonly fileName: string }) {
  const said = useWords(text)
  const locale = useLocale()
  const go = useGo()
  const { byId, sections, titleOf } = useControls()
  const { sentences } = of
  const [chosen, setChosen] = useState<Chosen>(() => proposed(sentences))
  const [view, setView] = useState<View>('all')
  const [title, setTitle] = useState(fileName.replace(/\.[^.]+$/, ''))
  const [ownWords, setOwnWords] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const making = useAction({
    call: (body: { readonly title: string; readonly source: 'reading'; readonly changes: object }) =>
      call<DraftDetail>('POST', '/api/policy/drafts', body),
    refreshes: ['/api/policy/drafts'],
  })
  useEffect(() => {
    if (made !== null) go(places.draft(made))
  }, [made, go])
  const chooseControl = useCallback(
    (sentence: Sentence, control: string | null) =>
      setChosen((before) => withControl(before, sentence, control)),
    [],
  )
  const chooseValue = useCallback(
    (key: string, sentence: number | null) =>
      setChosen((before) => ({ ...before, values: { ...before.values, [key]: sentence } })),
    [],
  )
  const changes = useMemo(
    () => changesOf(of, chosen, ownWords, (control) => byId.get(control)?.statement),
    [of, chosen, ownWords, byId],
  )
  const counts = {
    all: sentences.length,
    tested: sentences.filter(({ index }) => chosen.controls[index] !== null).length,
    untested: sentences.filter(({ index }) => chosen.controls[index] === null).length,
    values: sentences.filter(({ parameters }) => parameters.length > 0).length,
  }
  const shown = sentences.filter((sentence) =>
    view === 'all'
      ? true
      : view === 'values'
        ? sentence.parameters.length > 0
        : (chosen.controls[sentence.index] !== null) === (view === 'tested'),
  )
  const make = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await making.run({ title, source: 'reading', changes })
    if (outcome.ok) setMade(outcome.answer.id)
  }
  const changed = Object.keys(changes).length
  return (
    <form onSubmit={(event) => void make(event)} className="mt-10">
      <AskBeforeLeaving unsaved={made === null} />
      <Section title={said.sentences}>
        <Choices
          label={said.show}
          value={view}
          options={views.map(
            (value): Option<View> => ({
              value,
              label: said[value],
              count: numeral(counts[value], locale),
            }),
          )}
          onChoose={(next: View) => setView(next)}
        />
        {shown.length === 0 ? (
          <EmptyState title={said.none} />
        ) : (
          <ol className="mt-4 border-line border-t">
            {shown.map((sentence, place) => (
              <ReadingSentence
                key={sentence.index}
                sentence={sentence}
                locale={of.locale}
                heading={sentence.heading === shown[place - 1]?.heading ? null : sentence.heading}
                control={chosen.controls[sentence.index] ?? null}
                taken={sentence.parameters
                  .filter((value) => chosen.values[valueKey(value)] === sentence.index)
                  .map(valueKey)
                  .join(' ')}
                sections={sections}
                titleOf={titleOf}
                onControl={chooseControl}
                onValue={chooseValue}
              />
            ))}
          </ol>
        )}
      </Section>
      <Section title={said.unmentioned}>
        <Unmentioned of={of.unmentioned} chosen={chosen} titleOf={titleOf} />
      </Section>
      <Section title={said.draft}>
        <div className="flex max-w-measure flex-col gap-6">
          <label className="flex items-start gap-3">
            <input
              type="checkbox"
              className="mt-1 size-4 shrink-0"
              checked={ownWords}
              onChange={({ target }) => setOwnWords(target.checked)}
            />
            <span>
              <span className="font-medium">{said.ownWords}</span>
              <span className="mt-0.5 block text-ink-2 text-sm">{said.ownWordsHelp}</span>
            </span>
          </label>
          <TextField
            label={said.name}
            required
            maxLength={200}
            value={title}
            onChange={({ target }) => setTitle(target.value)}
          />
        </div>
      </Section>
      <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-x-8 gap-y-2 border-line-2 border-t bg-paper py-4">
        <p className="text-ink-2" aria-live="polite">
          {changed === 0 ? said.nothing : said.summary(changed, numeral(changed, locale))}
        </p>
        <Button weight="main" type="submit" disabled={changed === 0} running={making.running}>
          {said.make}
        </Button>
        <div className="w-full empty:hidden">
          <Fault problem={making.problem} />
        </div>
      </div>
    </form>
  )
}
