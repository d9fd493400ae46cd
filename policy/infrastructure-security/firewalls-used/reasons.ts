import { listed, reason } from '@hevd/core'

export const reasons = {
  'accepts-by-default': reason<{ interfaces: readonly string[] }>({
    nb: ({ interfaces }) =>
      `Slipper inn alt som ingen regel nevner, på ${listed('nb', interfaces)}. Avvis som utgangspunkt.`,
    en: ({ interfaces }) =>
      `Lets in whatever no rule speaks of, on ${listed('en', interfaces)}. Refuse by default.`,
  }),
  'port-not-declared': reason<{ ports: readonly string[] }>({
    nb: ({ ports }) =>
      `Åpent utenfra uten å være oppgitt: ${listed('nb', ports)}. Steng, eller oppgi tjenesten.`,
    en: ({ ports }) =>
      `Open to the outside and not declared: ${listed('en', ports)}. Close it, or declare the service.`,
  }),
  'rules-not-modelled': reason<{ interface: string; matches: readonly string[] }>({
    nb: ({ interface: name, matches }) =>
      `Reglene på ${name} bruker ${listed('nb', matches)}, som vi ikke kan regne på, så vi vet ikke hva de slipper inn.`,
    en: ({ interface: name, matches }) =>
      `The rules on ${name} use ${listed('en', matches)}, which we cannot work out, so we do not know what they let in.`,
  }),
}
