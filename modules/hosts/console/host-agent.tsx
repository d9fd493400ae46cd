import type { Host, OfferedJoinToken } from '@hevd/hosts/contract'
import { Button, call, Dialog, DialogActions, Fault, useAction, useWords, words } from '@hevd/ui'
import { useState } from 'react'
import { CertificateState } from './agent-certificate.tsx'
import { JoinCommand, useJoinToken } from './join-token.tsx'

const text = words({
  agent: { nb: 'Agent', en: 'Agent' },
  title: { nb: 'Agenten på maskinen', en: 'The host’s agent' },
  what: {
    nb: 'En ny kommando kobler maskinen til på nytt, for eksempel etter en reinstallasjon. Historien følger med, og sertifikatet den har, trekkes tilbake.',
    en: 'A new command joins the host again, such as after a reinstall. Its history goes on, and the certificate it has is revoked.',
  },
  shared: {
    nb: 'To agenter bruker samme sertifikat: trolig en kopi av maskinen. Ingenting går tapt, men de overskriver hverandre. Trekk sertifikatet tilbake, og koble til begge på nytt.',
    en: 'Two agents use one certificate: likely a copy of the host. Nothing is lost, but each overwrites the other. Revoke the certificate and join both again.',
  },
  join: { nb: 'Lag ny kommando', en: 'Make a new command' },
  revoke: { nb: 'Trekk tilbake …', en: 'Revoke …' },
  revokeTitle: { nb: 'Trekke tilbake sertifikatet?', en: 'Revoke the certificate?' },
  revokeWhat: {
    nb: 'Agenten blir avvist med én gang. Det den har sett, venter på maskinen. Maskinen står i registeret, og blir taus.',
    en: 'The agent is refused at once. What it sees waits on the host. The host stays in the register and falls silent.',
  },
  revokeIt: { nb: 'Trekk tilbake', en: 'Revoke' },
  revoked: { nb: 'Sertifikatet er trukket tilbake.', en: 'The certificate was revoked.' },
})

/** What an administrator does about a host's agent: joins it again, or revokes its certificate. */
export function HostAgent({ host }: { readonly host: Host }) {
  const said = useWords(text)
  const [open, setOpen] = useState<'agent' | 'revoke' | null>(null)
  const [made, setMade] = useState<OfferedJoinToken | null>(null)
  const leave = () => {
    setOpen(null)
    setMade(null)
  }
  return (
    <>
      <Button
        weight="quiet"
        className="min-h-6 py-0"
        aria-label={`${said.agent}: ${host.name}`}
        onClick={() => setOpen('agent')}
      >
        {said.agent}
      </Button>
      <Dialog open={open === 'agent'} onClose={leave} title={said.title} description={said.what}>
        {made === null ? (
          <Agent host={host} onMade={setMade} onRevoke={() => setOpen('revoke')} onClose={leave} />
        ) : (
          <JoinCommand made={made} onClose={leave} />
        )}
      </Dialog>
      <Dialog open={open === 'revoke'} onClose={leave} title={said.revokeTitle} description={said.revokeWhat}>
        <Revoke host={host} onClose={leave} />
      </Dialog>
    </>
  )
}

function Agent({
  host: { id, name, certificate },
  onMade,
  onRevoke,
  onClose,
}: {
  readonly host: Host
  onMade(made: OfferedJoinToken): void
  onRevoke(): void
  onClose(): void
}) {
  const said = useWords(text)
  const making = useJoinToken()
  const make = async () => {
    const outcome = await making.run({ host: id })
    if (outcome.ok) onMade(outcome.answer)
  }
  return (
    <>
      <p className="font-medium">{name}</p>
      {certificate !== null && (
        <p className="mt-1">
          <CertificateState certificate={certificate} />
        </p>
      )}
      {certificate !== null && certificate.sharedAt !== null && <p className="mt-3">{said.shared}</p>}
      <Fault problem={making.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="main" running={making.running} onClick={() => void make()}>
          {said.join}
        </Button>
        {certificate !== null && certificate.state !== 'revoked' && (
          <Button weight="grave" className="order-last ml-auto" onClick={onRevoke}>
            {said.revoke}
          </Button>
        )}
      </DialogActions>
    </>
  )
}

function Revoke({ host: { id, name }, onClose }: { readonly host: Host; onClose(): void }) {
  const said = useWords(text)
  const revoking = useAction({
    call: () => call<unknown>('DELETE', `/api/hosts/${encodeURIComponent(id)}/agent`),
    refreshes: ['/api/hosts'],
    done: text.revoked,
  })
  const revoke = async () => {
    if ((await revoking.run(undefined)).ok) onClose()
  }
  return (
    <>
      <p className="font-medium">{name}</p>
      <Fault problem={revoking.problem} />
      <DialogActions onClose={onClose}>
        <Button weight="grave" running={revoking.running} onClick={() => void revoke()}>
          {said.revokeIt}
        </Button>
      </DialogActions>
    </>
  )
}
