import { type Bilingual, type Control, type Instant, type Locale, locales } from '@hevd/core'
import type { PolicyText } from '@hevd/posture'
import type { ControlChange, DraftControl } from '../contract.ts'
import { type WordField, wordFields } from './change.ts'
import { valueFault } from './parameter-values.ts'

export type Fault = DraftControl['faults'][number]

const longest = { title: 60, statement: 10_000, how: 10_000 } as const
const fieldNames = {
  title: { nb: 'Tittelen', en: 'The title' },
  statement: { nb: 'Løftet', en: 'The statement' },
  how: { nb: 'Hvordan', en: 'How' },
} as const
const languages = { nb: { nb: 'bokmål', en: 'Norwegian' }, en: { nb: 'engelsk', en: 'English' } } as const

/** When a decision is to be made on a change, and how long a control may be said not to apply. */
export type Deciding = { readonly now: Instant; readonly longestNotApplicable: number }

/** What keeps a change from being put into force, in the order of the fields. */
export function faultsOf(
  control: Control,
  inForce: PolicyText,
  change: ControlChange,
  deciding: Deciding,
): Fault[] {
  return [
    ...wordFields.flatMap((field) => wordFaults(field, inForce, change)),
    ...Object.entries(change.parameters ?? {}).flatMap(([name, value]): Fault[] => {
      const words = valueFault(control, name, value)
      return words === null ? [] : [{ field: name, words }]
    }),
    ...applicabilityFaults(change, deciding),
  ]
}

function wordFaults(field: WordField, inForce: PolicyText, change: ControlChange): Fault[] {
  const said = change[field]
  if (said === undefined) return []
  const { nb, en } = fieldNames[field]
  const fault = (words: Bilingual): Fault => ({ field, words })
  const blank = locales.find((locale) => said[locale].trim() === '')
  if (blank !== undefined)
    return [
      fault({
        nb: `${nb} mangler på ${languages[blank].nb}. Skriv den ferdig på begge språk.`,
        en: `${en} is missing in ${languages[blank].en}. Write it in both languages.`,
      }),
    ]
  const most = longest[field]
  const long = locales.find((locale) => said[locale].length > most)
  if (long !== undefined)
    return [
      fault({
        nb: `${nb} er for lang på ${languages[long].nb}: høyst ${most} tegn.`,
        en: `${en} is too long in ${languages[long].en}: at most ${most} characters.`,
      }),
    ]
  const [changed, ...others] = locales.filter((locale) => said[locale] !== inForce[field][locale])
  if (changed === undefined || others.length > 0 || change.sameMeaning === true) return []
  const other: Locale = changed === 'nb' ? 'en' : 'nb'
  return [
    fault({
      nb: `${nb} er endret bare på ${languages[changed].nb}. Endre den på ${languages[other].nb} også, eller si at meningen er den samme.`,
      en: `${en} was changed in ${languages[changed].en} alone. Change it in ${languages[other].en} too, or say that the meaning is the same.`,
    }),
  ]
}

function applicabilityFaults(
  { notApplicable }: ControlChange,
  { now, longestNotApplicable }: Deciding,
): Fault[] {
  if (!notApplicable) return []
  const field = 'applicability'
  if (notApplicable.reviewBy <= now)
    return [
      {
        field,
        words: {
          nb: 'Datoen for ny vurdering er passert. Velg en som kommer.',
          en: 'The date to look at it again has passed. Choose one to come.',
        },
      },
    ]
  if (notApplicable.reviewBy <= now + longestNotApplicable) return []
  return [
    {
      field,
      words: {
        nb: 'Datoen for ny vurdering er for langt fram: om kontrollen gjelder, vurderes minst én gang i året.',
        en: 'The date to look at it again is too far off: whether the control applies is looked at once a year at least.',
      },
    },
  ]
}
