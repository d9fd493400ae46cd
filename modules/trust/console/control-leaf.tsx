import type { ControlProof } from '@hevd/trust/contract'
import {
  Code,
  Facts,
  Link,
  Loaded,
  Mark,
  numeral,
  places,
  useLocale,
  useMayChange,
  useResource,
  useWords,
  When,
  words,
} from '@hevd/ui'

const text = words({
  leaf: { nb: 'Blad', en: 'Leaf' },
  number: { nb: (index: string) => `nr. ${index}`, en: (index: string) => `no. ${index}` },
  inLog: { nb: 'i den offentlige loggen', en: 'of the public log' },
  written: { nb: 'skrevet', en: 'written' },
  validUntil: { nb: 'gjelder til', en: 'valid until' },
  says: { nb: 'Bladet sier', en: 'The leaf says' },
  withheld: {
    nb: 'Ordlyden. Statusen er ikke åpnet: bladet har en forpliktelse, som kan åpnes for revisor.',
    en: 'The words. The state is not opened: the leaf has a commitment, which can be opened to an auditor.',
  },
  since: { nb: 'siden', en: 'since' },
  checkpoint: { nb: 'Sjekkpunkt over det', en: 'Checkpoint above it' },
  entries: {
    nb: (count: string) => `${count} oppføringer`,
    en: (count: string) => `${count} entries`,
  },
  signed: { nb: 'signert', en: 'signed' },
  witnesses: { nb: 'Vitner', en: 'Witnesses' },
  cosigned: {
    nb: (count: string) => `har medsignert ${count} oppføringer`,
    en: (count: string) => `cosigned ${count} entries`,
  },
  notYet: { nb: 'har ikke sett dette bladet ennå', en: 'has not seen this leaf yet' },
  noWitness: {
    nb: 'Ingen ennå. Uten vitner må du selv huske hva loggen sa sist; det gjør «hevd verify».',
    en: 'None yet. Without witnesses you must remember yourself what the log said last; “hevd verify” does.',
  },
  check: { nb: 'Kontroller det selv', en: 'Check it yourself' },
  checkHow: {
    nb: 'Kjør dette på en annen maskin. Kommandoen kontrollerer bladet og loggen, husker nøkkelen, og merker det hvis noe skrives om senere.',
    en: 'Run this on another machine. It checks the leaf and the log, remembers the key, and notices if anything is rewritten later.',
  },
  page: { nb: 'Se den offentlige siden', en: 'See the public page' },
  shown: { nb: 'Velg hva som er offentlig', en: 'Choose what is public' },
  ledger: { nb: 'Bla i den offentlige loggen', en: 'Browse the public log' },
})

/** The control's own leaf in the public log, the checkpoint above it, who cosigned that, and how to check it oneself. */
export default function ControlLeaf({ control }: { readonly control: string }) {
  const proof = useResource<ControlProof>(`/api/trust/controls/${encodeURIComponent(control)}`, 15_000)
  return (
    <Loaded of={proof} lines={4}>
      {(loaded) => <Proven proof={loaded} />}
    </Loaded>
  )
}

function Proven({ proof: { leaf, proof, log } }: { readonly proof: ControlProof }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const locale = useLocale()
  return (
    <>
      <Facts
        of={[
          [
            said.leaf,
            <span key="leaf">
              <Link to={places.entry('public', proof.index)} className="text-link">
                {said.number(numeral(proof.index, locale))}
              </Link>{' '}
              {said.inLog}, {said.written} <When at={leaf.at} />, {said.validUntil}{' '}
              <When at={leaf.validUntil} />
            </span>,
          ],
          [said.says, <Says key="says" leaf={leaf} />],
          [
            said.checkpoint,
            <span key="checkpoint">
              {said.entries(numeral(log.size, locale))}
              {log.signedAt !== null && (
                <>
                  , {said.signed} <When at={log.signedAt} />
                </>
              )}
              <span className="block">
                <Code>{log.root}</Code>
              </span>
            </span>,
          ],
          [said.witnesses, <Witnesses key="witnesses" index={proof.index} of={log.witnesses} />],
        ]}
      />
      <h3 className="mt-6 font-medium">{said.check}</h3>
      <p className="mt-1 max-w-measure text-ink-2">{said.checkHow}</p>
      <p className="mt-3 max-w-measure select-all break-all rounded-md bg-paper-2 px-4 py-3 font-mono text-sm">
        {`hevd verify ${window.location.origin}/trust`}
      </p>
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <a href={`/trust#${leaf.control}`} className="text-link">
          {said.page}
        </a>
        <Link to={places.publicLedger} className="text-link">
          {said.ledger}
        </Link>
        {mayChange && (
          <Link to={places.shownOf(leaf.control)} className="text-link">
            {said.shown}
          </Link>
        )}
      </p>
    </>
  )
}

function Says({ leaf: { state, since } }: { readonly leaf: ControlProof['leaf'] }) {
  const said = useWords(text)
  if (state === null) return <>{said.withheld}</>
  return (
    <>
      <Mark state={state} />
      {since !== null && (
        <span className="text-ink-2">
          {' '}
          {said.since} <When at={since} />
        </span>
      )}
    </>
  )
}

/** A witness that cosigned a tree larger than the leaf's place has seen the leaf in it. */
function Witnesses({ index, of }: { readonly index: number; readonly of: ControlProof['log']['witnesses'] }) {
  const said = useWords(text)
  const locale = useLocale()
  if (of.length === 0) return <>{said.noWitness}</>
  return of.map(({ name, size, at }) => (
    <span key={name} className="block">
      <span className="break-all">{name}</span>{' '}
      <span className="text-ink-2">
        {size > index ? said.cosigned(numeral(size, locale)) : said.notYet}, <When at={at} />
      </span>
    </span>
  ))
}
