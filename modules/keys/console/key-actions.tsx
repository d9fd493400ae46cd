import type { KeyDetail } from '@hevd/keys/contract'
import {
  Button,
  call,
  Dialog,
  DialogActions,
  Fault,
  useAction,
  useMayChange,
  useWords,
  words,
} from '@hevd/ui'
import { lazy, Suspense, useState } from 'react'
import { keyRefreshes } from './key-words.ts'
import { useRootKey } from './vault-state.tsx'

const KeySettings = lazy(() => import('./key-settings.tsx'))

const text = words({
  rotate: { nb: 'Roter', en: 'Rotate' },
  rotateTitle: { nb: 'Rotere nøkkelen?', en: 'Rotate the key?' },
  rotateWhat: {
    nb: 'Det lages en ny versjon, som alt nytt krypteres eller signeres med. Det som er kryptert før, kan fortsatt dekrypteres.',
    en: 'A new version is made, which everything new is encrypted or signed with. What was encrypted before can still be decrypted.',
  },
  rotated: { nb: 'Nøkkelen er rotert.', en: 'The key was rotated.' },
  settings: { nb: 'Innstillinger', en: 'Settings' },
  delete: { nb: 'Slett', en: 'Delete' },
  deleteTitle: { nb: 'Slette nøkkelen?', en: 'Delete the key?' },
  deleteWhat: {
    nb: 'Ingen kan bruke den fra det øyeblikket. I ventetiden kan den gjenopprettes; etterpå er alt som bare den kan dekryptere, tapt.',
    en: 'Nobody can use it from that moment. While it waits it can be restored; afterwards all that it alone can decrypt is lost.',
  },
  notAllowed: {
    nb: 'Nøkkelen er vernet mot sletting. Tillat det i innstillingene først.',
    en: 'The key is protected against deletion. Allow it in the settings first.',
  },
  deleted: {
    nb: 'Nøkkelen er slettet og kan gjenopprettes en tid.',
    en: 'The key is deleted, and can be restored for a while.',
  },
  restore: { nb: 'Gjenopprett', en: 'Restore' },
  restored: { nb: 'Nøkkelen er gjenopprettet.', en: 'The key was restored.' },
})
type Asked = 'rotate' | 'delete' | 'settings' | null

/** What an administrator can do with a key. */
export function KeyActions({ of }: { readonly of: KeyDetail }) {
  const said = useWords(text)
  const mayChange = useMayChange()
  const open = useRootKey().data?.state === 'unsealed'
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  if (!mayChange) return null
  if (of.deletedAt !== null) return <Restore name={of.name} />
  return (
    <>
      <Button onClick={() => setAsked('settings')}>{said.settings}</Button>
      <Button weight="grave" onClick={() => setAsked('delete')}>
        {said.delete}
      </Button>
      {open && (
        <Button weight="main" onClick={() => setAsked('rotate')}>
          {said.rotate}
        </Button>
      )}
      {asked === 'rotate' && <Rotate name={of.name} onClose={close} />}
      {asked === 'delete' && <Delete of={of} onClose={close} />}
      <Suspense>{asked === 'settings' && <KeySettings of={of} onClose={close} />}</Suspense>
    </>
  )
}

const pathOf = (name: string, act: string) => `/api/keys/${encodeURIComponent(name)}/${act}`

function Rotate({ name, onClose }: { readonly name: string; onClose(): void }) {
  const said = useWords(text)
  const rotating = useAction({
    call: () => call<unknown>('POST', pathOf(name, 'rotate')),
    refreshes: keyRefreshes,
    done: text.rotated,
  })
  return (
    <Dialog open onClose={onClose} title={said.rotateTitle} description={said.rotateWhat}>
      <Fault problem={rotating.problem} />
      <DialogActions onClose={onClose}>
        <Button
          weight="main"
          running={rotating.running}
          onClick={() => void rotating.run(undefined).then(({ ok }) => ok && onClose())}
        >
          {said.rotate}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Delete({ of, onClose }: { readonly of: KeyDetail; onClose(): void }) {
  const said = useWords(text)
  const deleting = useAction({
    call: () => call<unknown>('POST', pathOf(of.name, 'delete')),
    refreshes: keyRefreshes,
    done: text.deleted,
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={said.deleteTitle}
      description={of.deletionAllowed ? said.deleteWhat : said.notAllowed}
    >
      <Fault problem={deleting.problem} />
      <DialogActions onClose={onClose}>
        {of.deletionAllowed && (
          <Button
            weight="grave"
            running={deleting.running}
            onClick={() => void deleting.run(undefined).then(({ ok }) => ok && onClose())}
          >
            {said.delete}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  )
}

function Restore({ name }: { readonly name: string }) {
  const said = useWords(text)
  const restoring = useAction({
    call: () => call<unknown>('POST', pathOf(name, 'restore')),
    refreshes: keyRefreshes,
    done: text.restored,
  })
  return (
    <div>
      <Button weight="main" running={restoring.running} onClick={() => void restoring.run(undefined)}>
        {said.restore}
      </Button>
      <Fault problem={restoring.problem} />
    </div>
  )
}
