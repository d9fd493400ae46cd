import type { Source, SourceDetail } from '@hevd/backups/contract'
import {
  Button,
  durationInWords,
  Facts,
  Link,
  Loaded,
  Mark,
  Page,
  places,
  Section,
  sizeInWords,
  Table,
  useLocale,
  useMayChange,
  useParam,
  useRead,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'
import { useState } from 'react'
import { useBackupColumns } from './backup-columns.tsx'
import { BecauseDialog } from './because-dialog.tsx'
import { useDrillColumns } from './drill-columns.tsx'
import { findingsOf, useBackupFindings } from './findings.ts'
import { RecipientBlock } from './recipient-block.tsx'
import { ofWords, runWords } from './source-words.ts'

const text = words({
  back: { nb: 'Alle kilder', en: 'All sources' },
  now: { nb: 'Er det slik nå?', en: 'Is it so now?' },
  fine: {
    nb: 'Alt som er vurdert av denne kilden, er som det skal.',
    en: 'All that was judged of this source is as it should be.',
  },
  notJudged: { nb: 'Ikke vurdert ennå.', en: 'Not judged yet.' },
  what: { nb: 'Hva og hvor', en: 'What and where' },
  of: { nb: 'Kopi av', en: 'Backup of' },
  on: { nb: 'Tas av', en: 'Made by' },
  target: { nb: 'Lagres i', en: 'Kept in' },
  full: { nb: 'Full kopi', en: 'Full one' },
  incremental: { nb: 'Endringer', en: 'Changes' },
  log: { nb: 'fortløpende, fra databasens logg', en: 'all the time, from the database’s log' },
  every: { nb: (time: string) => `etter ${time}`, en: (time: string) => `after ${time}` },
  kept: { nb: 'Beholdes minst', en: 'Kept at least' },
  size: { nb: 'Størrelse i alt', en: 'Size in all' },
  span: { nb: 'Kan gjenopprettes', en: 'Can be restored' },
  from: { nb: 'fra', en: 'from' },
  to: { nb: 'til', en: 'to' },
  gaps: { nb: 'Loggen har hull.', en: 'The log has gaps.' },
  next: { nb: 'Neste', en: 'Next' },
  run: { nb: 'Siste kjøring', en: 'Last run' },
  seen: { nb: 'Først sett', en: 'First seen' },
  noPlan: {
    nb: 'Maskinen har ingen plan for kilden lenger. Legg den tilbake i backups.json, eller avslutt kilden her.',
    en: 'The host has no plan for the source any more. Put it back into its backups.json, or end the source here.',
  },
  unseen: { nb: 'Arkivet er ikke sett i sin helhet', en: 'The repository was not seen whole' },
  ended: { nb: 'Avsluttet', en: 'Ended' },
  changed: {
    nb: 'Minst én sikkerhetskopi er en annen enn da den først ble sett. Er arkivet kryptert på nytt, bekreft det. Ellers må dere finne ut hvem som har skrevet der.',
    en: 'At least one backup is another than when it was first seen. If the repository was re-encrypted, confirm it. If not, find out who has written there.',
  },
  accept: { nb: 'Bekreft endringen', en: 'Confirm the change' },
  acceptWhat: {
    nb: 'Fra nå av er det slik de er nå, de skal være. Gjør det bare når dere vet hva som endret dem.',
    en: 'From now on they are to be as they are now. Do it only when you know what changed them.',
  },
  accepted: { nb: 'Endringen er bekreftet.', en: 'The change was confirmed.' },
  end: { nb: 'Avslutt kilden', en: 'End the source' },
  endWhat: {
    nb: 'Den skal ikke sikkerhetskopieres mer, og ingen ser lenger om kopiene som finnes, er der.',
    en: 'It is not to be backed up any more, and nobody sees any longer whether the backups there are, are there.',
  },
  endDone: { nb: 'Kilden er avsluttet.', en: 'The source was ended.' },
  who: { nb: 'Hvem kan lese', en: 'Who can read' },
  whoNote: { nb: 'Hvem, hvorfor og hvor lenge.', en: 'Who, why, until when.' },
  nobody: { nb: 'Ingen mottakere er sett ennå.', en: 'No recipient has been seen yet.' },
  drills: { nb: 'Øvelser', en: 'Drills' },
  drillsNote: {
    nb: 'Gjenopprettet et annet sted, og sammenlignet.',
    en: 'Restored elsewhere, and compared.',
  },
  noDrill: {
    nb: 'Ingen øvelse er gjort. Kjør «hevd backups drill» der identiteten er.',
    en: 'No drill was done. Run “hevd backups drill” where the identity is.',
  },
  backups: { nb: 'Sikkerhetskopier', en: 'Backups' },
  noBackup: { nb: 'Ingen sikkerhetskopi ligger i arkivet.', en: 'No backup lies in the repository.' },
})

/** One source: how it stands, its backups, drills, and who can read it. */
export default function OneSource() {
  const said = useWords(text)
  const [host, name] = [useParam('host'), useParam('source')]
  const path = `/api/backups/${encodeURIComponent(host)}/${encodeURIComponent(name)}`
  const detail = useResource<SourceDetail>(path, 30_000)
  return (
    <Page
      title={name}
      lead={
        <Link to={places.backups} className="text-link">
          <span aria-hidden="true">← </span>
          {said.back}
        </Link>
      }
    >
      <Loaded of={detail} lines={8}>
        {(of) => <Detail of={of} path={path} />}
      </Loaded>
    </Page>
  )
}

function Detail({ of, path }: { readonly of: SourceDetail; readonly path: string }) {
  const said = useWords(text)
  const backupColumns = useBackupColumns()
  const drillColumns = useDrillColumns()
  const { source, backups, drills, recipients } = of
  return (
    <>
      <Notices source={source} path={path} />
      <Now source={source} />
      <Section title={said.what}>
        <What source={source} />
      </Section>
      <Section title={said.who} note={said.whoNote}>
        {recipients.length === 0 ? (
          <p className="text-ink-2">{said.nobody}</p>
        ) : (
          <div className="flex flex-col gap-8">
            {recipients.map((one) => (
              <RecipientBlock key={one.recipient} of={one} on={source.id} />
            ))}
          </div>
        )}
      </Section>
      <Section title={said.drills} note={said.drillsNote}>
        {drills.length === 0 ? (
          <p className="text-ink-2">{said.noDrill}</p>
        ) : (
          <Table label={said.drills} columns={drillColumns} rows={drills} rowKey={({ at }) => String(at)} />
        )}
      </Section>
      <Section title={said.backups}>
        {backups.length === 0 ? (
          <p className="text-ink-2">{said.noBackup}</p>
        ) : (
          <Table
            label={said.backups}
            columns={backupColumns}
            rows={backups}
            rowKey={({ backup }) => backup}
          />
        )}
      </Section>
    </>
  )
}

/** What stands out, and what can be done about it. */
function Notices({ source, path }: { readonly source: Source; readonly path: string }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const [open, setOpen] = useState<'accept' | 'end' | null>(null)
  const { plan, endedAt, endedWhy, changed, unseen } = source
  const close = () => setOpen(null)
  return (
    <>
      {endedAt !== null && (
        <Notice>
          {said.ended} <When at={endedAt} />. {endedWhy}
        </Notice>
      )}
      {endedAt === null && plan === null && (
        <Notice action={mayChange && <Button onClick={() => setOpen('end')}>{said.end}</Button>}>
          {said.noPlan}
        </Notice>
      )}
      {unseen !== null && (
        <Notice>
          {said.unseen}
          {unseen.detail === '' ? '.' : `: ${unseen.detail}`}
        </Notice>
      )}
      {changed > 0 && (
        <Notice action={mayChange && <Button onClick={() => setOpen('accept')}>{said.accept}</Button>}>
          {said.changed}
        </Notice>
      )}
      {open === 'end' && (
        <BecauseDialog
          title={said.end}
          what={said.endWhat}
          done={text.endDone}
          path={`${path}/end`}
          onClose={close}
        />
      )}
      {open === 'accept' && (
        <BecauseDialog
          title={said.accept}
          what={said.acceptWhat}
          done={text.accepted}
          path={`${path}/accept-changes`}
          onClose={close}
        />
      )}
    </>
  )
}

function Notice({
  children,
  action,
}: {
  readonly children: React.ReactNode
  readonly action?: React.ReactNode
}) {
  return (
    <div role="status" className="mb-6 border-unknown border-l-2 px-4 py-3">
      <p className="max-w-measure break-words">{children}</p>
      {action !== undefined && action !== false && <div className="mt-3">{action}</div>}
    </div>
  )
}

/** What the policy finds of it that is not upheld, each with its reason. */
function Now({ source }: { readonly source: Source }) {
  const said = useWords(text)
  const read = useRead()
  const findings = useBackupFindings()
  if (source.endedAt !== null) return null
  const its = findingsOf(findings, source.id)
  const [worst] = its
  const bad = its.filter(({ state }) => state !== 'holds')
  return (
    <Section title={said.now}>
      {worst === undefined ? (
        <p className="text-ink-2">{said.notJudged}</p>
      ) : bad.length === 0 ? (
        <p>
          <Mark state="holds" /> <span className="text-ink-2">{said.fine}</span>
        </p>
      ) : (
        <ul className="flex flex-col gap-3">
          {bad.slice(0, 10).map(({ test, subject, state, why }) => (
            <li key={`${test} ${subject.id}`} className="max-w-measure">
              <Mark state={state} />{' '}
              <Link to={places.evidence(test, subject.id)} className="break-all hover:text-accent">
                {subject.name}
              </Link>
              {why !== null && <span className="block text-ink-2">{read(why.text)}</span>}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function What({ source }: { readonly source: Source }) {
  const said = useWords(text)
  const kinds = useWords(ofWords)
  const runs = useWords(runWords)
  const locale = useLocale()
  const { plan, hostName, bytes, restorable, lastRun, firstSeenAt } = source
  const every = (duration: string) => said.every(durationInWords(duration, locale))
  const planned: [string, React.ReactNode][] =
    plan === null
      ? []
      : [
          [said.of, kinds[plan.of]],
          [
            said.target,
            <span key="target" className="break-all">
              {plan.target}
            </span>,
          ],
          [said.full, every(plan.full)],
          [said.incremental, plan.log ? said.log : plan.incremental === null ? '–' : every(plan.incremental)],
          [said.kept, plan.keepAtLeast === null ? '–' : durationInWords(plan.keepAtLeast, locale)],
          [said.next, plan.nextDueAt === null ? '–' : <When key="next" at={plan.nextDueAt} />],
        ]
  return (
    <Facts
      of={[
        [said.on, hostName],
        ...planned,
        ...(restorable === null
          ? []
          : [
              [
                said.span,
                <span key="span">
                  {said.from} <When at={restorable.from} /> {said.to} <When at={restorable.until} />
                  {restorable.gaps > 0 && <span className="block text-fails">{said.gaps}</span>}
                </span>,
              ] as const,
            ]),
        [said.size, sizeInWords(bytes, locale)],
        ...(lastRun === null
          ? []
          : [
              [
                said.run,
                <span key="run">
                  <When at={lastRun.startedAt} />, {runs[lastRun.outcome]}
                  {lastRun.code === null ? '' : ` (${lastRun.code})`}
                </span>,
              ] as const,
            ]),
        [said.seen, <When key="seen" at={firstSeenAt} />],
      ]}
    />
  )
}
