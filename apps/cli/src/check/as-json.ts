import { type Control, type Instant, type Locale, type Reason, type Telling, toIso, worded } from '@hevd/core'
import type { HostControl } from './judge-host.ts'

type Why = { readonly code: string; readonly params: Reason['params']; readonly text: string } | null

/** What `hevd check --json` prints (DESIGN.md, contracts that outsiders rely on). Times are RFC 3339 in UTC. */
export type CheckReport = {
  readonly host: string
  readonly at: string
  readonly controls: readonly {
    readonly id: string
    readonly verdict: string
    readonly since: string
    readonly until: string | null
    readonly why: Why
    readonly findings: readonly {
      readonly test: string
      readonly subject: { readonly kind: string; readonly id: string; readonly name: string }
      readonly verdict: string
      readonly since: string
      readonly until: string | null
      readonly why: Why
      readonly exception: null
    }[]
  }[]
}

export function checkReport(
  host: string,
  at: Instant,
  controls: readonly HostControl[],
  locale: Locale,
  telling: Telling,
): CheckReport {
  const since = toIso(at)
  const untilOf = (until: Instant | null) => (until === null ? null : toIso(until))
  return {
    host,
    at: since,
    controls: controls.map(({ control, verdict, until, why, findings }) => ({
      id: control.id,
      verdict,
      since,
      until: untilOf(until),
      why: whyOf(control, why, locale, telling),
      findings: findings.map((finding) => ({
        test: finding.test,
        subject: finding.subject,
        verdict: finding.verdict,
        since,
        until: untilOf(finding.until),
        why: whyOf(control, finding.why, locale, telling),
        exception: null,
      })),
    })),
  }
}

function whyOf(control: Control, why: Reason | null, locale: Locale, telling: Telling): Why {
  return why === null ? null : { ...why, text: worded(control.reasons, why, locale, telling) }
}
