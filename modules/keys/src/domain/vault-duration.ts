import { type Duration, isDuration, milliseconds } from '@hevd/core'

const seconds: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, d: 86_400 }

/**
 * A duration as Vault's clients write it, whole seconds or Go's form (`720h`, `1h30m`, `30d`), as ISO 8601; null for none (0),
 * undefined for what is no duration.
 */
export function fromVaultDuration(said: string | number): Duration | null | undefined {
  const total = typeof said === 'number' || /^\d+$/.test(said) ? Number(said) : sumOf(said)
  if (total === undefined || !Number.isSafeInteger(total) || total < 0) return undefined
  return total === 0 ? null : `PT${total}S`
}

function sumOf(text: string): number | undefined {
  if (!/^(\d+[hmsd])+$/.test(text)) return undefined
  const parts = [...text.matchAll(/(\d+)([hmsd])/g)]
  return parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (seconds[unit] ?? 0), 0)
}

/** Whole seconds, as Vault tells a period; a month counts as thirty days and a year as 365, since only days have a length. */
export function toVaultSeconds(duration: Duration | null): number {
  if (duration === null || !isDuration(duration)) return 0
  const [, years = '0', months = '0', weeks = '0', days = '0', clock = ''] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(T.+)?$/.exec(duration) ?? []
  const whole = Number(years) * 365 + Number(months) * 30 + Number(weeks) * 7 + Number(days)
  return whole * 86_400 + (clock === '' ? 0 : milliseconds(`P${clock}`) / 1000)
}
