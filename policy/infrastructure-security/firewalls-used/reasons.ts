import { listed, reason } from '@hevd/core'
import { inboundReasons } from '../../inbound.ts'

export const reasons = {
  ...inboundReasons,
  'port-not-declared': reason<{ ports: readonly string[] }>({
    nb: ({ ports }) =>
      `Åpent utenfra uten å være oppgitt: ${listed('nb', ports)}. Steng, eller oppgi tjenesten.`,
    en: ({ ports }) =>
      `Open to the outside and not declared: ${listed('en', ports)}. Close it, or declare the service.`,
  }),
}
