import {
  type Bilingual,
  type Control,
  choice,
  duration,
  integer,
  integers,
  type Parameter,
  type ParameterType,
  parseParameters,
  strings,
} from '@hevd/core'

const wants: Readonly<Record<string, Bilingual>> = {
  duration: {
    nb: 'en varighet etter ISO 8601, for eksempel P30D for 30 dager',
    en: 'an ISO 8601 duration, such as P30D for 30 days',
  },
  integer: { nb: 'et helt tall', en: 'a whole number' },
  strings: { nb: 'en liste av tekster', en: 'a list of texts' },
  integers: { nb: 'en liste av hele tall', en: 'a list of whole numbers' },
}

/** Why a value is none for a parameter of a control: of another type, or nothing that its tests can use. Null where it is one. */
export function valueFault(control: Control, name: string, value: unknown): Bilingual | null {
  const parameter = control.parameters.find((one) => one.name === name)
  if (parameter === undefined) {
    const names = control.parameters.map((one) => one.name).join(', ')
    return {
      nb: `Kontrollen har ingen parameter ${name}. ${names === '' ? 'Den har ingen parametere.' : `Den har ${names}.`}`,
      en: `The control has no parameter ${name}. ${names === '' ? 'It has none.' : `It has ${names}.`}`,
    }
  }
  const types = [typeOf(parameter), ...control.tests.flatMap(({ parameters }) => parameters[name] ?? [])]
  if (types.every((type) => reads(type, value))) return null
  const { title, type, options } = parameter
  const may =
    options === null ? wants[type] : { nb: `en av ${options.join(', ')}`, en: `one of ${options.join(', ')}` }
  const given = JSON.stringify(value) ?? ''
  return {
    nb: `${title.nb}: ${given} er ikke ${may?.nb ?? 'en verdi testene kan bruke'}.`,
    en: `${title.en}: ${given} is not ${may?.en ?? 'a value that the tests can use'}.`,
  }
}

function typeOf({ type, options }: Parameter): ParameterType {
  if (options !== null) return choice(...options)
  const found: Readonly<Record<string, ParameterType>> = { duration, integer, strings, integers }
  const known = found[type]
  if (known === undefined) throw new Error(`Parameters have no type ${type}`)
  return known
}

function reads(type: ParameterType, value: unknown): boolean {
  try {
    parseParameters({ value: type }, { value })
    return true
  } catch {
    return false
  }
}
