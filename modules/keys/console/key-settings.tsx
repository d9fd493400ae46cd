import type { ChangingKey, KeyDetail } from '@hevd/keys/contract'
import { Button, call, Dialog, DialogActions, Fault, SelectField, useAction, useWords, words } from '@hevd/ui'
import { type FormEvent, useState } from 'react'
import { keyRefreshes } from './key-words.ts'
import { PeriodField } from './period-field.tsx'
import { Tick } from './tick.tsx'

const text = words({
  title: { nb: 'Innstillinger for nøkkelen', en: 'Settings of the key' },
  rotate: { nb: 'Roteres', en: 'Rotated' },
  minDecryption: { nb: 'Eldste versjon som dekrypterer', en: 'Oldest version that decrypts' },
  minDecryptionHelp: {
    nb: 'Det som er kryptert med en eldre versjon, blir uleselig til den senkes igjen. Krypter det på nytt først.',
    en: 'What an older version encrypted cannot be read until it is lowered again. Rewrap that first.',
  },
  minEncryption: { nb: 'Eldste versjon som krypterer', en: 'Oldest version that encrypts' },
  newest: { nb: 'Den nyeste', en: 'The newest' },
  version: { nb: (version: number) => `Versjon ${version}`, en: (version: number) => `Version ${version}` },
  deletion: { nb: 'Nøkkelen kan slettes', en: 'The key can be deleted' },
  deletionHelp: {
    nb: 'Sletting har alltid en ventetid der den kan gjenopprettes.',
    en: 'Deleting always waits for a time in which it can be restored.',
  },
  trim: { nb: 'Destruer eldre versjoner', en: 'Destroy older versions' },
  trimWhat: {
    nb: (version: number) =>
      `Versjonene før ${version} brukes ikke til noe mer. Destrueres de, kan det ikke angres: det som er kryptert med dem, er tapt.`,
    en: (version: number) =>
      `The versions before ${version} are used for nothing any more. Destroying them cannot be undone: what they encrypted is lost.`,
  },
  save: { nb: 'Lagre', en: 'Save' },
  done: { nb: 'Innstillingene er lagret.', en: 'The settings were saved.' },
  trimmed: { nb: 'De eldre versjonene er destruert.', en: 'The older versions are destroyed.' },
})

/** Which versions are used for what, how often it is rotated, and whether it can be deleted. */
export default function KeySettings({ of, onClose }: { readonly of: KeyDetail; onClose(): void }) {
  const said = useWords(text)
  const [autoRotate, setAutoRotate] = useState(of.autoRotate)
  const [minDecryption, setMinDecryption] = useState(of.minDecryption)
  const [minEncryption, setMinEncryption] = useState(of.minEncryption)
  const [deletionAllowed, setDeletionAllowed] = useState(of.deletionAllowed)
  const path = `/api/keys/${encodeURIComponent(of.name)}`
  const saving = useAction({
    call: (body: ChangingKey) => call<unknown>('PATCH', path, body),
    refreshes: keyRefreshes,
    done: text.done,
  })
  const trimming = useAction({
    call: () => call<unknown>('POST', `${path}/trim`, { minAvailable: of.minDecryption }),
    refreshes: keyRefreshes,
    done: text.trimmed,
  })
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const changed = { autoRotate, minDecryption, minEncryption, deletionAllowed }
    if ((await saving.run(changed)).ok) onClose()
  }
  const there = of.versions.filter(({ destroyedAt }) => destroyedAt === null).map(({ version }) => version)
  const oldest = Math.min(...there)
  return (
    <Dialog open onClose={onClose} title={said.title}>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        <PeriodField label={said.rotate} value={autoRotate} onChoose={setAutoRotate} />
        <SelectField
          label={said.minDecryption}
          help={said.minDecryptionHelp}
          value={minDecryption}
          onChange={({ target }) => setMinDecryption(Number(target.value))}
        >
          {there.map((version) => (
            <option key={version} value={version}>
              {said.version(version)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={said.minEncryption}
          value={minEncryption}
          onChange={({ target }) => setMinEncryption(Number(target.value))}
        >
          <option value={0}>{said.newest}</option>
          {there
            .filter((version) => version >= minDecryption)
            .map((version) => (
              <option key={version} value={version}>
                {said.version(version)}
              </option>
            ))}
        </SelectField>
        <Tick
          label={said.deletion}
          help={said.deletionHelp}
          value={deletionAllowed}
          onChange={setDeletionAllowed}
        />
        {oldest < of.minDecryption && (
          <div className="border-line border-t pt-5">
            <p className="mb-3 text-ink-2">{said.trimWhat(of.minDecryption)}</p>
            <Button
              weight="grave"
              running={trimming.running}
              onClick={() => void trimming.run(undefined).then(({ ok }) => ok && onClose())}
            >
              {said.trim}
            </Button>
          </div>
        )}
        <Fault problem={saving.problem ?? trimming.problem} />
        <DialogActions onClose={onClose}>
          <Button weight="main" type="submit" running={saving.running}>
            {said.save}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
