import iso27001 from './frameworks/iso27001-2022-annex-a.json' with { type: 'json' }
import csf from './frameworks/nist-csf-2.0.json' with { type: 'json' }
import pciDss from './frameworks/pci-dss-4.0.1.json' with { type: 'json' }
import tsc from './frameworks/soc2-tsc-2017.json' with { type: 'json' }

/** A framework's requirements by their identifiers alone, in its own order: the texts belong to their publishers. */
export type Framework = {
  /** As controls name it in `references`. */
  readonly id: string
  readonly name: string
  readonly identifiers: readonly string[]
}

export const frameworks: readonly Framework[] = [
  { id: 'iso27001-2022-annex-a', name: iso27001.framework, identifiers: iso27001.identifiers },
  { id: 'soc2-tsc-2017', name: tsc.framework, identifiers: tsc.identifiers },
  { id: 'nist-csf-2.0', name: csf.framework, identifiers: csf.identifiers },
  { id: 'pci-dss-4.0.1', name: pciDss.framework, identifiers: pciDss.identifiers },
]
