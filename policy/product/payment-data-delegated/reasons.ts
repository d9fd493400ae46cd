import { reason } from '@hevd/core'
import { scanReasons } from '../../scanned.ts'

export const reasons = {
  ...scanReasons,
  'logs-not-scanned': reason({
    nb: () => 'Ingen logger på serveren er gjennomsøkt. Sett mappene inn under «scan» i agent.json.',
    en: () => 'No logs of the host have been scanned. Put their folders under “scan” in agent.json.',
  }),
  'attestation-missing': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Leverandøren har håndtert betalinger for oss siden ${date(on)}, og ingen PCI-attest er ført opp. Be om den, og før den opp under Datalokasjon.`,
    en: ({ on }, { date }) =>
      `The provider has handled payments for us since ${date(on)}, and no PCI attestation is recorded. Ask for it, and record it under Residency.`,
  }),
  'attestation-expired': reason<{ on: string }>({
    nb: ({ on }, { date }) =>
      `Den siste PCI-attesten gjaldt til ${date(on)}. Be om en ny, og før den opp under Datalokasjon.`,
    en: ({ on }, { date }) =>
      `The last PCI attestation was good until ${date(on)}. Ask for a new one, and record it under Residency.`,
  }),
}
