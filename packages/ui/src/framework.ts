/** What frameworks are called where there is little room, by the id that `control.yaml` has for them. */
const names: { readonly [id: string]: string } = {
  'iso27001-2022-annex-a': 'ISO/IEC 27001:2022',
  'nist-csf-2.0': 'NIST CSF 2.0',
  'pci-dss-4.0.1': 'PCI DSS 4.0.1',
  'soc2-tsc-2017': 'SOC 2 TSC 2017',
}

/** A framework's short name; one that is not known is called by its id. */
export function frameworkName(id: string): string {
  return names[id] ?? id
}
