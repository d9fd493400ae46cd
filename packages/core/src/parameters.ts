import { type CalendarDate, type Instant, isCalendarDate, isDuration } from './time.ts'

/** A parameter's type: how a value of the policy becomes one a judge can use. Throws with the remedy. */
export type ParameterType<Value = unknown> = { readonly type: string; parse(raw: unknown): Value }

/** What a declaration needs of the policy, by name. */
export type ParameterTypes = { readonly [name: string]: ParameterType }
export type ParametersOf<T extends ParameterTypes> = {
  readonly [Name in keyof T]: T[Name] extends ParameterType<infer Value> ? Value : never
}

function parameter<Value>(
  type: string,
  accept: (raw: unknown) => raw is Value & {},
  wants: string,
): ParameterType<Value> {
  return {
    type,
    parse(raw) {
      if (accept(raw)) return raw
      throw new RangeError(`${JSON.stringify(raw)} is not ${wants}`)
    },
  }
}

/** ISO 8601 duration, such as `P30D`. */
export const duration = parameter(
  'duration',
  (raw): raw is string => typeof raw === 'string' && isDuration(raw),
  'an ISO 8601 duration such as P30D',
)

export const integer = parameter(
  'integer',
  (raw): raw is number => Number.isSafeInteger(raw),
  'a whole number',
)

export const strings = parameter(
  'strings',
  (raw): raw is readonly string[] => Array.isArray(raw) && raw.every((item) => typeof item === 'string'),
  'a list of texts',
)

export const integers = parameter(
  'integers',
  (raw): raw is readonly number[] => Array.isArray(raw) && raw.every((item) => Number.isSafeInteger(item)),
  'a list of whole numbers',
)

/** Words that are not blank. */
export const text = parameter(
  'text',
  (raw): raw is string => typeof raw === 'string' && raw.trim() !== '',
  'a text that is not blank',
)

/** A calendar date that exists, `YYYY-MM-DD`. */
export const date = parameter(
  'date',
  (raw): raw is CalendarDate => typeof raw === 'string' && isCalendarDate(raw),
  'a date such as 2026-06-15',
)

/** One of named options. */
export function choice<const Options extends readonly string[]>(
  ...options: Options
): ParameterType<Options[number]> {
  return parameter(
    'choice',
    (raw): raw is Options[number] => typeof raw === 'string' && options.includes(raw),
    `one of ${options.join(', ')}`,
  )
}

/** The values a declaration needs, parsed; names the parameter that does not fit. */
export function parseParameters<T extends ParameterTypes>(
  types: T,
  values: { readonly [name: string]: unknown },
): ParametersOf<T> {
  const parsed: Record<string, unknown> = {}
  for (const [name, type] of Object.entries(types)) {
    try {
      parsed[name] = type.parse(values[name])
    } catch (error) {
      throw new RangeError(`Parameter ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return parsed as ParametersOf<T>
}

/** Parameters as the policy has them now, and as it had them before the last change. */
export type InForce<Values = { readonly [name: string]: unknown }> = {
  readonly values: Values
  readonly before: { readonly values: Values; readonly until: Instant } | null
}

/** {@link parseParameters} over both. */
export function parseInForce<T extends ParameterTypes>(types: T, inForce: InForce): InForce<ParametersOf<T>> {
  return {
    values: parseParameters(types, inForce.values),
    before: inForce.before && {
      values: parseParameters(types, inForce.before.values),
      until: inForce.before.until,
    },
  }
}
