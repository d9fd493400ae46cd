import type { ControlDetail } from '@hevd/posture/contract'
import { Code, ControlParts, Facts, useWords, When, Who, words } from '@hevd/ui'

const text = words({
  lead: {
    nb: 'Hver bedømming står i organisasjonens logg, og hver offentlig tilstand i den offentlige. Loggen beviser at ingenting er skrevet om, ikke at det er sant.',
    en: 'Each judgement stands in the organisation’s log, and each public state in the public one. A log proves that nothing was rewritten, never that it is true.',
  },
  what: { nb: 'Det som er bedømt', en: 'What was judged' },
  policyDigest: { nb: 'Ordlyd og krav', en: 'Words and requirements' },
  testsDigest: { nb: 'Testene', en: 'The tests' },
  approved: { nb: 'Godkjent', en: 'Approved' },
  notApproved: { nb: 'ikke godkjent ennå', en: 'not approved yet' },
})

/** What fixes this control in the logs, how to check it oneself, and the very words and tests that were judged. */
export function ControlProof({ control }: { readonly control: ControlDetail }) {
  const said = useWords(text)
  const approved =
    control.approvedAt === null ? (
      said.notApproved
    ) : (
      <>
        <When at={control.approvedAt} />
        {control.approvedBy !== null && (
          <>
            , <Who id={control.approvedBy} />
          </>
        )}
      </>
    )
  return (
    <>
      <p className="mb-4 max-w-measure text-ink-2">{said.lead}</p>
      <ControlParts control={control.id} />
      <h3 className="mt-8 mb-3 font-medium">{said.what}</h3>
      <Facts
        of={[
          [said.approved, approved],
          [said.policyDigest, <Code key="policy">{control.policyDigest}</Code>],
          [said.testsDigest, <Code key="tests">{control.testsDigest}</Code>],
        ]}
      />
    </>
  )
}
