import type { Locale } from '@hevd/core'
import type { PolicyView } from '@hevd/posture/contract'
import { languageTag, useLocale, useWords, words } from '@hevd/ui'
import { memo, useState } from 'react'
import type { Sentence } from './chosen.ts'
import { piecesOf } from './pieces.ts'
import { ReadValues } from './read-values.tsx'

const text = words({
  control: {
    nb: (number: number) => `Kontroll for setning ${number}`,
    en: (number: number) => `Control of sentence ${number}`,
  },
  none: { nb: 'Ingenting tester dette', en: 'Nothing tests this' },
  likely: { nb: 'Mulige', en: 'Likely' },
})

/**
 * One sentence: the words that decided it, the control it speaks of, and the values read out of it. What is far from the
 * window is not laid out, so that a long file stays quick.
 */
export const ReadingSentence = memo(function ReadingSentence({
  sentence,
  locale,
  heading,
  control,
  taken,
  sections,
  titleOf,
  onControl,
  onValue,
}: {
  readonly sentence: Sentence
  /** Language of the file. */
  readonly locale: Locale
  /** Heading that begins here; null below the same one as before. */
  readonly heading: string | null
  readonly control: string | null
  /** Keys of the values that are taken from this sentence, one blank apart. */
  readonly taken: string
  readonly sections: PolicyView['sections']
  titleOf(control: string): string
  onControl(sentence: Sentence, control: string | null): void
  onValue(key: string, sentence: number | null): void
}) {
  const said = useWords(text)
  const tag = languageTag[locale]
  return (
    <li className="border-line border-b py-4 [contain-intrinsic-size:auto_7rem] [content-visibility:auto]">
      {heading !== null && (
        <p lang={tag} className="mb-2 font-semibold text-ink-2">
          {heading}
        </p>
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-3 md:grid-cols-[minmax(0,1fr)_19rem]">
        <p lang={tag} className={`font-serif text-lg ${control === null ? 'text-ink-2' : ''}`}>
          {piecesOf(sentence.text, sentence.because).map(({ text: piece, decided }, index) =>
            decided ? (
              <mark
                key={`piece-${String(index)}`}
                className="bg-accent-wash font-semibold text-ink underline decoration-accent decoration-1 underline-offset-4"
              >
                {piece}
              </mark>
            ) : (
              <span key={`piece-${String(index)}`}>{piece}</span>
            ),
          )}
        </p>
        <div className="flex flex-col gap-3">
          <ChooseControl
            label={said.control(sentence.index + 1)}
            sentence={sentence}
            control={control}
            sections={sections}
            titleOf={titleOf}
            onChoose={(chosen) => onControl(sentence, chosen)}
          />
          {control !== null && sentence.parameters.length > 0 && (
            <ReadValues sentence={sentence} taken={taken.split(' ')} titleOf={titleOf} onValue={onValue} />
          )}
        </div>
      </div>
    </li>
  )
})

/** The proposals first; all other controls are put into the list when somebody reaches it. */
function ChooseControl({
  label,
  sentence,
  control,
  sections,
  titleOf,
  onChoose,
}: {
  readonly label: string
  readonly sentence: Sentence
  readonly control: string | null
  readonly sections: PolicyView['sections']
  titleOf(control: string): string
  onChoose(control: string | null): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const [whole, setWhole] = useState(false)
  const likely = [...new Set([control, sentence.control, ...sentence.others].filter((id) => id !== null))]
  return (
    <select
      aria-label={label}
      className="input"
      value={control ?? ''}
      onFocus={() => setWhole(true)}
      onPointerDown={() => setWhole(true)}
      onChange={({ target }) => onChoose(target.value === '' ? null : target.value)}
    >
      <option value="">{said.none}</option>
      {likely.length > 0 && (
        <optgroup label={said.likely}>
          {likely.map((id) => (
            <option key={id} value={id}>
              {titleOf(id)}
            </option>
          ))}
        </optgroup>
      )}
      {whole &&
        sections.map(({ id, title, controls }) => (
          <optgroup key={id} label={title[locale]}>
            {controls
              .filter((each) => !likely.includes(each.id))
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.title[locale]}
                </option>
              ))}
          </optgroup>
        ))}
    </select>
  )
}
