import type { ControlDetail } from '@hevd/posture/contract'
import { Code, Facts, Link, places, useWords, When, Who, words } from '@hevd/ui'

const text = words({
  lead: {
    nb: 'Hver bedømming står i organisasjonens logg, og hver offentlig tilstand i den offentlige. Loggen beviser at ingenting er skrevet om, ikke at det er sant.',
    en: 'Each judgement stands in the organisation’s log, and each public state in the public one. A log proves that nothing was rewritten, never that it is true.',
  },
  policyDigest: { nb: 'Ordlyd og krav', en: 'Words and requirements' },
  testsDigest: { nb: 'Testene', en: 'The tests' },
  approved: { nb: 'Godkjent', en: 'Approved' },
  notApproved: { nb: 'ikke godkjent ennå', en: 'not approved yet' },
  page: { nb: 'Se den offentlige siden', en: 'See the public page' },
  ledger: { nb: 'Bla i loggen', en: 'Browse the log' },
})

/** What fixes this control in the logs, and where to check it. */
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
      <Facts
        of={[
          [said.approved, approved],
          [said.policyDigest, <Code key="policy">{control.policyDigest}</Code>],
          [said.testsDigest, <Code key="tests">{control.testsDigest}</Code>],
        ]}
      />
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <a href={`/trust#${control.id}`} className="text-link">
          {said.page}
        </a>
        <Link to={places.ledger} className="text-link">
          {said.ledger}
        </Link>
      </p>
    </>
  )
}
