import { durationInWords, SelectField, useLocale, useWords, words } from '@hevd/ui'

const text = words({
  byHand: { nb: 'For hånd', en: 'By hand' },
  every: {
    nb: (period: string) => `Av seg selv etter ${period}`,
    en: (period: string) => `By itself after ${period}`,
  },
})
const usual = ['P30D', 'P90D', 'P180D', 'P365D']

/** How often a key is rotated by itself; null for by hand. */
export function PeriodField({
  label,
  value,
  onChoose,
}: {
  readonly label: string
  readonly value: string | null
  onChoose(period: string | null): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  return (
    <SelectField label={label} value={value ?? ''} onChange={({ target }) => onChoose(target.value || null)}>
      <option value="">{said.byHand}</option>
      {[...new Set([...usual, ...(value === null ? [] : [value])])].map((period) => (
        <option key={period} value={period}>
          {said.every(durationInWords(period, locale))}
        </option>
      ))}
    </SelectField>
  )
}
