import type { Attestation, ListedSubprocessor } from '@hevd/residency/contract'
import {
  Button,
  call,
  Day,
  Dialog,
  DialogActions,
  Fault,
  SelectField,
  TextField,
  useAction,
  useMayChange,
  useWords,
  words,
} from '@hevd/ui'
import { type FormEvent, useState } from 'react'

const text = words({
  title: { nb: 'PCI-attester', en: 'PCI attestations' },
  what: {
    nb: 'Det leverandøren har vist av at den etterlever PCI DSS. Det er attestert, ikke observert.',
    en: 'What the provider has shown of its compliance with PCI DSS. That is attested, not observed.',
  },
  none: { nb: 'Ingen attest er ført opp.', en: 'No attestation is recorded.' },
  until: { nb: 'gyldig til og med', en: 'valid until' },
  withdraw: { nb: 'Trekk tilbake', en: 'Withdraw' },
  add: { nb: 'Før opp en attest', en: 'Record an attestation' },
  level: { nb: 'Nivå', en: 'Level' },
  complies: {
    nb: (version: string, level: number) => `PCI DSS ${version}, nivå ${level}`,
    en: (version: string, level: number) => `PCI DSS ${version}, level ${level}`,
  },
  version: { nb: 'Utgave av PCI DSS', en: 'Version of PCI DSS' },
  signed: { nb: 'Datert', en: 'Dated' },
  validUntil: { nb: 'Gyldig til og med', en: 'Valid until' },
  validHelp: { nb: 'Tomt der den ikke sier det.', en: 'Empty where it does not say.' },
  reference: { nb: 'Hvor dokumentet er', en: 'Where the document is' },
  evidence: { nb: 'Dokumentets SHA-256', en: 'SHA-256 of the document' },
  evidenceHelp: {
    nb: '«sha256sum fil» gir den. Den viser senere at dokumentet er det samme.',
    en: '“sha256sum file” gives it. It shows later that the document is the same.',
  },
  save: { nb: 'Før opp', en: 'Record' },
  saved: { nb: 'Attesten er ført opp.', en: 'The attestation was recorded.' },
  withdrawn: { nb: 'Attesten er trukket tilbake.', en: 'The attestation was withdrawn.' },
})

const refreshes = ['/api/residency', '/api/policy', '/api/findings', '/api/controls', '/api/asked']
const levels = [1, 2, 3, 4] as const
const blank: Attestation = {
  level: 1,
  version: '4.0.1',
  signedOn: '',
  validUntil: null,
  reference: '',
  evidence: null,
}

/** What a payment provider has shown of PCI DSS, and what it shows now. */
export default function Attestations({
  of: { id, name, attestations },
  onClose,
}: {
  readonly of: ListedSubprocessor
  onClose(): void
}) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const withdrawing = useAction({
    call: (which: string) => call<unknown>('DELETE', `/api/residency/attestations/${which}`),
    refreshes,
    done: text.withdrawn,
  })
  return (
    <Dialog open onClose={onClose} title={`${said.title}: ${name}`} description={said.what}>
      {attestations.length === 0 ? (
        <p className="mb-6 text-ink-2">{said.none}</p>
      ) : (
        <ul className="mb-6">
          {attestations.map((each) => (
            <li
              key={each.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 border-line border-b py-2"
            >
              <span>
                {said.complies(each.version, each.level)} · <Day date={each.signedOn} />
                {each.validUntil !== null && (
                  <>
                    , {said.until} <Day date={each.validUntil} />
                  </>
                )}
                <span className="block break-all text-ink-2 text-sm">
                  {each.reference}
                  {each.evidence !== null && ` · ${each.evidence.slice(0, 16)}…`}
                </span>
              </span>
              {mayChange && (
                <Button
                  weight="quiet"
                  className="min-h-6 py-0"
                  running={withdrawing.running}
                  aria-label={`${said.withdraw}: ${each.signedOn}`}
                  onClick={() => void withdrawing.run(each.id)}
                >
                  {said.withdraw}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Fault problem={withdrawing.problem} />
      {mayChange ? (
        <Recording of={id} onClose={onClose} />
      ) : (
        <DialogActions onClose={onClose}>{null}</DialogActions>
      )}
    </Dialog>
  )
}

function Recording({ of, onClose }: { readonly of: string; onClose(): void }) {
  const said = useWords(text)
  const [draft, setDraft] = useState(blank)
  const set = (part: Partial<Attestation>) => setDraft((before) => ({ ...before, ...part }))
  const saving = useAction({
    call: (body: Attestation) =>
      call<unknown>('POST', `/api/residency/subprocessors/${encodeURIComponent(of)}/attestations`, body),
    refreshes,
    done: text.saved,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if ((await saving.run(draft)).ok) onClose()
  }
  return (
    <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      <h3 className="font-medium">{said.add}</h3>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={said.version}
          required
          pattern="\d(\.\d){0,2}"
          value={draft.version}
          onChange={({ target }) => set({ version: target.value })}
        />
        <SelectField
          label={said.level}
          value={draft.level}
          onChange={({ target }) => set({ level: Number(target.value) })}
        >
          {levels.map((level) => (
            <option key={level} value={level}>
              {level}
            </option>
          ))}
        </SelectField>
        <TextField
          label={said.signed}
          type="date"
          required
          value={draft.signedOn}
          onChange={({ target }) => set({ signedOn: target.value })}
        />
        <TextField
          label={said.validUntil}
          help={said.validHelp}
          type="date"
          value={draft.validUntil ?? ''}
          onChange={({ target }) => set({ validUntil: target.value || null })}
        />
      </div>
      <TextField
        label={said.reference}
        required
        maxLength={300}
        value={draft.reference}
        onChange={({ target }) => set({ reference: target.value })}
      />
      <TextField
        label={said.evidence}
        help={said.evidenceHelp}
        pattern="[0-9a-f]{64}"
        spellCheck={false}
        value={draft.evidence ?? ''}
        onChange={({ target }) => set({ evidence: target.value.trim() || null })}
      />
      <Fault problem={saving.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" type="submit" running={saving.running}>
          {said.save}
        </Button>
      </DialogActions>
    </form>
  )
}
