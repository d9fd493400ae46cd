import type { Locale } from '@hevd/core'

const languages = [
  { locale: 'nb', name: 'Norsk bokmål', short: 'nb' },
  { locale: 'en', name: 'English', short: 'en' },
] as const

/** nb | en. Each language is named in itself. */
export function LocaleSwitch({
  locale,
  onChoose,
}: {
  readonly locale: Locale
  onChoose(locale: Locale): void
}) {
  return (
    <div className="flex items-center text-sm">
      {languages.map((language, index) => (
        <span key={language.locale} className="flex items-center">
          {index > 0 && <span aria-hidden="true" className="h-3 w-px bg-line-2" />}
          <button
            type="button"
            lang={language.locale}
            title={language.name}
            aria-pressed={locale === language.locale}
            onClick={() => onChoose(language.locale)}
            className="min-h-8 px-2 text-ink-2 hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink"
          >
            {language.short}
            <span className="sr-only"> {language.name}</span>
          </button>
        </span>
      ))}
    </div>
  )
}
