import type { ComputedReport, PeriodView } from '@hevd/posture/contract'
import {
  Button,
  Code,
  call,
  Dialog,
  DialogActions,
  Facts,
  Fault,
  Loaded,
  listedWords,
  useAction,
  useLocale,
  useMayChange,
  useResource,
  useWords,
  Who,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { At } from './period-parts.tsx'

const text = words({
  running: {
    nb: 'Perioden løper ennå. Rapporten viser det som er til nå, og kan signeres når siste dag er gått.',
    en: 'The period is still running. The report shows what there is by now, and can be signed when its last day has passed.',
  },
  over: {
    nb: 'Perioden er over og ikke signert. Svar på avvikene; så signerer en annen administrator.',
    en: 'The period is over and not signed. Answer the deviations; then another administrator signs.',
  },
  sign: { nb: 'Signer', en: 'Sign' },
  signTitle: { nb: 'Signere rapporten?', en: 'Sign the report?' },
  signWhat: {
    nb: 'Rapporten fryses som den er nå, og kontrollsummen står i loggen for alltid.',
    en: 'The report is frozen as it is now, and its digest stands in the log for ever.',
  },
  digest: { nb: 'Kontrollsum (SHA-256)', en: 'Digest (SHA-256)' },
  signed: { nb: 'Rapporten er signert.', en: 'The report was signed.' },
  signedBy: { nb: 'Signert av', en: 'Signed by' },
  signedAt: { nb: 'Tidspunkt', en: 'At' },
  single: { nb: 'samme person svarte og signerte', en: 'single approver' },
  check: { nb: 'Regn ut på nytt', en: 'Compute again' },
  same: {
    nb: 'Den samme rapporten kommer ut i dag.',
    en: 'The same report comes out today.',
  },
  differs: {
    nb: (parts: string) => `En annen rapport kommer ut i dag. Forskjellig: ${parts}. Det signerte gjelder.`,
    en: (parts: string) => `Another report comes out today. Different: ${parts}. What was signed stands.`,
  },
  erased: {
    nb: (count: string) =>
      `Etter signeringen er ${count} personer slettet: radene deres har andre navn nå, og loggen har en oppføring om hver.`,
    en: (count: string) =>
      `${count} persons were erased after it was signed: their rows have other names now, and the log has an entry on each.`,
  },
})

/** Where the signing of a period stands, and what can be done with it. */
export function PeriodSigning({ period }: { readonly period: PeriodView }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  if (period.signing !== null) return <Signed period={period} signing={period.signing} />
  return (
    <div className="flex max-w-measure flex-col items-start gap-4">
      <p>{said[period.state === 'running' ? 'running' : 'over']}</p>
      {period.state === 'over' && mayChange && <Sign period={period} />}
    </div>
  )
}

function Sign({ period: { id } }: { readonly period: PeriodView }) {
  const said = useWords(text)
  const [open, setOpen] = useState(false)
  const path = `/api/periods/${encodeURIComponent(id)}`
  const computed = useResource<ComputedReport>(open ? `${path}/computed` : null)
  const signing = useAction({
    call: (digest: string) => call<null>('POST', `${path}/sign`, { digest }),
    refreshes: ['/api/periods'],
    done: text.signed,
  })
  return (
    <>
      <Button weight="main" onClick={() => setOpen(true)}>
        {said.sign}
      </Button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={said.signTitle} description={said.signWhat}>
          <Loaded of={computed} lines={2}>
            {({ digest }) => (
              <>
                <Facts of={[[said.digest, <Code key="digest">{digest}</Code>]]} />
                <Fault problem={signing.problem} />
                <DialogActions onClose={() => setOpen(false)}>
                  <Button
                    weight="main"
                    running={signing.running}
                    onClick={() => void signing.run(digest).then(({ ok }) => ok && setOpen(false))}
                  >
                    {said.sign}
                  </Button>
                </DialogActions>
              </>
            )}
          </Loaded>
        </Dialog>
      )}
    </>
  )
}

function Signed({
  period: { id, zone },
  signing,
}: {
  readonly period: PeriodView
  readonly signing: NonNullable<PeriodView['signing']>
}) {
  const said = useWords(text)
  const [asked, setAsked] = useState(false)
  const path = asked ? `/api/periods/${encodeURIComponent(id)}/computed` : null
  const computed = useResource<ComputedReport>(path)
  return (
    <div className="flex flex-col items-start gap-4">
      <Facts
        of={[
          [
            said.signedBy,
            <span key="by">
              <Who id={signing.by} />
              {signing.single && ` (${said.single})`}
            </span>,
          ],
          [said.signedAt, <At key="at" at={signing.at} zone={zone} />],
          [said.digest, <Code key="digest">{signing.digest}</Code>],
        ]}
      />
      {asked ? (
        <Loaded of={computed} lines={2}>
          {(report) => <Compared report={report} />}
        </Loaded>
      ) : (
        <Button onClick={() => setAsked(true)}>{said.check}</Button>
      )}
    </div>
  )
}

function Compared({ report: { same, differing, erased } }: { readonly report: ComputedReport }) {
  const said = useWords(text)
  const locale = useLocale()
  if (same === true) return <p>{said.same}</p>
  return (
    <p role="alert" className="border-fails border-l-2 pl-4">
      {said.differs(listedWords(differing, locale))}
      {erased > 0 && ` ${said.erased(String(erased))}`}
    </p>
  )
}
