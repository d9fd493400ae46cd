const frameworks: { readonly [id: string]: string } = {
  'iso27001-2022-annex-a': 'ISO/IEC 27001:2022',
  'nist-csf-2.0': 'NIST CSF 2.0',
  'pci-dss-4.0.1': 'PCI DSS 4.0.1',
  'soc2-tsc-2017': 'SOC 2 TSC 2017',
}

/** Where the promise is asked for elsewhere. */
export function References({ of }: { readonly of: { readonly [framework: string]: readonly string[] } }) {
  return (
    <dl className="grid grid-cols-1 gap-x-8 gap-y-2 sm:grid-cols-[minmax(9rem,auto)_minmax(0,1fr)]">
      {Object.entries(of).map(([framework, ids]) => (
        <div key={framework} className="contents">
          <dt className="text-ink-2">{frameworks[framework] ?? framework}</dt>
          <dd>{ids.join(' · ')}</dd>
        </div>
      ))}
    </dl>
  )
}
