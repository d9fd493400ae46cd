import { fails, type Judgement, listed, none, type Reading, reason, unknown } from '@hevd/core'
import type { inboundPolicies, ValueOf } from '@hevd/facts'

/** A packet from outside that no rule speaks of is stopped, on every interface and in both families. */
export function deniesByDefault(policies: Reading<ValueOf<typeof inboundPolicies>>): Judgement {
  return none(
    policies,
    (policy) =>
      policy.defaultAccept ??
      unknown('rules-not-modelled', { interface: policy.interface, matches: policy.unmodelled }),
    (open) =>
      fails('accepts-by-default', {
        interfaces: open.map(({ interface: name, family }) => `${name} (${family})`),
      }),
  )
}

/** Words of what {@link deniesByDefault} says. */
export const inboundReasons = {
  'accepts-by-default': reason<{ interfaces: readonly string[] }>({
    nb: ({ interfaces }) =>
      `Slipper inn alt som ingen regel nevner, på ${listed('nb', interfaces)}. Avvis som utgangspunkt.`,
    en: ({ interfaces }) =>
      `Lets in whatever no rule speaks of, on ${listed('en', interfaces)}. Refuse by default.`,
  }),
  'rules-not-modelled': reason<{ interface: string; matches: readonly string[] }>({
    nb: ({ interface: name, matches }) =>
      `Reglene på ${name} bruker ${listed('nb', matches)}, som vi ikke kan regne på, så vi vet ikke hva de slipper inn.`,
    en: ({ interface: name, matches }) =>
      `The rules on ${name} use ${listed('en', matches)}, which we cannot work out, so we do not know what they let in.`,
  }),
}
