/**
 * Tables or files in which bank details are the organisation's own or its staff's, each as `public.payroll: why`. Throws
 * RangeError where the reason is missing.
 */
export function ownAccounts(entries: readonly string[]): ReadonlySet<string> {
  return new Set(
    entries.map((entry) => {
      const found = /^(\S[^:]*):\s*\S/.exec(entry.trim())
      if (found?.[1] === undefined)
        throw new RangeError(
          `${entry} is not a table with a reason, such as “public.payroll: salaries of staff”`,
        )
      return found[1].trim()
    }),
  )
}
