import { areas, cloudRegions, isArea, isPlace, placeInWords } from '@hevd/facts/regions'
import { TextField, useLocale, useWords, words } from '@hevd/ui'
import { useId } from 'react'

const text = words({
  help: {
    nb: 'Et land som NO, eller en region som aws:eu-north-1.',
    en: 'A country such as NO, or a region such as aws:eu-north-1.',
  },
  manyHelp: {
    nb: 'Ett eller flere, med komma mellom: NO, aws:eu-north-1.',
    en: 'One or more, with commas between: NO, aws:eu-north-1.',
  },
  areasHelp: {
    nb: 'Ett eller flere, med komma mellom: eea, NO, aws:eu-north-1.',
    en: 'One or more, with commas between: eea, NO, aws:eu-north-1.',
  },
  unknown: { nb: 'ikke et kjent sted', en: 'no known place' },
})

const countries = [...new Set(Object.values(areas).flatMap((each) => [...each]))].sort()
const regions = Object.entries(cloudRegions).flatMap(([cloud, each]) =>
  [...each.keys()].map((region) => `${cloud}:${region}`),
)

/** Where something is, by its code; says below what the code means. */
export function PlaceField({
  label,
  required = false,
  value,
  onChange,
}: {
  readonly label: string
  readonly required?: boolean
  readonly value: string
  onChange(place: string): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const options = useId()
  const code = value.trim()
  return (
    <>
      <TextField
        label={label}
        help={code === '' ? said.help : isPlace(code) ? placeInWords(code, locale) : said.unknown}
        required={required}
        maxLength={60}
        spellCheck={false}
        list={options}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={options}>
        {[...countries, ...regions].map((each) => (
          <option key={each} value={each}>
            {placeInWords(each, locale)}
          </option>
        ))}
      </datalist>
    </>
  )
}

/** Several places, and areas where these may be chosen, with commas between. */
export function PlacesField({
  label,
  withAreas = false,
  value,
  onChange,
}: {
  readonly label: string
  readonly withAreas?: boolean
  readonly value: string
  onChange(places: string): void
}) {
  const said = useWords(text)
  const locale = useLocale()
  const codes = codesIn(value)
  const means = codes.map((code) => {
    const known = isPlace(code) || (withAreas && isArea(code))
    return known ? placeInWords(code, locale) : `${code} (${said.unknown})`
  })
  return (
    <TextField
      label={label}
      help={codes.length === 0 ? (withAreas ? said.areasHelp : said.manyHelp) : means.join(' · ')}
      required
      maxLength={500}
      spellCheck={false}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
}

export const codesIn = (typed: string): string[] => typed.split(/[\s,;]+/).filter((code) => code !== '')
