import type { PromiseText } from '@hevd/amendments/contract'
import type { Bilingual, Locale } from '@hevd/core'
import { languageTag, TextArea, TextField, useWords, words } from '@hevd/ui'
import { type Edited, oneLanguageAlone, type WordField, wordFields } from './edited.ts'
import { wordFieldWords } from './field-words.ts'

const text = words({
  nb: { nb: 'norsk', en: 'Norwegian' },
  en: { nb: 'engelsk', en: 'English' },
  changed: { nb: 'Endret.', en: 'Changed.' },
  takeBack: { nb: 'Ta tilbake', en: 'Take it back' },
  takeBackWhat: {
    nb: (field: string) => `Ta tilbake: ${field}`,
    en: (field: string) => `Take it back: ${field}`,
  },
  same: { nb: 'Betydningen er den samme', en: 'The meaning is the same' },
  sameHelp: {
    nb: 'Du har endret ordlyden på ett språk alene. Kryss av hvis det andre språket fortsatt sier det samme; ellers må også det endres.',
    en: 'You changed the wording in one language alone. Tick this if the other language still says the same; else it must change too.',
  },
})

const languages: readonly Locale[] = ['nb', 'en']

/** The words of a promise, each language beside the other; under each other where it is narrow. */
export function ChangeWords({
  inForce,
  edited,
  faultOf,
  onChange,
}: {
  readonly inForce: PromiseText
  readonly edited: Edited
  faultOf(field: string): string | null
  onChange(edited: Edited): void
}) {
  const said = useWords(text)
  return (
    <div className="flex flex-col gap-8 [&_textarea]:field-sizing-content [&_textarea]:font-serif [&_textarea]:text-lg">
      {wordFields.map((field) => (
        <div key={field} className="grid grid-cols-1 gap-x-8 gap-y-5 md:grid-cols-2">
          {languages.map((locale) => (
            <Wording
              key={locale}
              field={field}
              locale={locale}
              inForce={inForce[field]}
              value={edited[field]}
              fault={locale === 'nb' ? faultOf(field) : null}
              onChange={(value) => onChange({ ...edited, [field]: value })}
            />
          ))}
        </div>
      ))}
      {oneLanguageAlone(inForce, edited) && (
        <label className="flex max-w-measure items-start gap-3 border-accent border-l-2 pl-4">
          <input
            type="checkbox"
            className="mt-1 size-4 shrink-0"
            checked={edited.sameMeaning}
            onChange={({ target }) => onChange({ ...edited, sameMeaning: target.checked })}
          />
          <span>
            <span className="font-medium">{said.same}</span>
            <span className="mt-0.5 block text-ink-2 text-sm">{said.sameHelp}</span>
          </span>
        </label>
      )}
    </div>
  )
}

function Wording({
  field,
  locale,
  inForce,
  value,
  fault,
  onChange,
}: {
  readonly field: WordField
  readonly locale: Locale
  readonly inForce: Bilingual
  readonly value: Bilingual
  readonly fault: string | null
  onChange(value: Bilingual): void
}) {
  const said = useWords(text)
  const fields = useWords(wordFieldWords)
  const label = `${fields[field]}, ${said[locale]}`
  const changed = value[locale] !== inForce[locale]
  const write = (written: string) => onChange({ ...value, [locale]: written })
  const given = {
    label,
    lang: languageTag[locale],
    required: true,
    value: value[locale],
    fault,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => write(target.value),
    ...(changed
      ? {
          help: (
            <>
              {said.changed}{' '}
              <button
                type="button"
                className="text-link"
                aria-label={said.takeBackWhat(label)}
                onClick={() => write(inForce[locale])}
              >
                {said.takeBack}
              </button>
            </>
          ),
        }
      : {}),
  }
  return field === 'title' ? <TextField {...given} /> : <TextArea {...given} rows={4} />
}
