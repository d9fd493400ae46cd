import type { AgentCertificate } from '@hevd/hosts/contract'
import { Ago, useWords, When, words } from '@hevd/ui'

const text = words({
  none: { nb: 'ingen', en: 'none' },
  waiting: { nb: 'Venter på agenten', en: 'Waiting for the agent' },
  good: { nb: 'Gyldig til', en: 'Good until' },
  expired: { nb: 'Utløpt', en: 'Expired' },
  administrator: { nb: 'Trukket tilbake', en: 'Revoked' },
  rejoined: { nb: 'Avløst', en: 'Replaced' },
  ended: { nb: 'Avsluttet', en: 'Ended' },
  left: { nb: 'Meldt ut på maskinen', en: 'Left from the host' },
  again: { nb: 'Koblet til på nytt', en: 'Joined again' },
  shared: {
    nb: '▲ To agenter bruker samme sertifikat, siden',
    en: '▲ Two agents use one certificate, since',
  },
})

/** How it stands with the certificate of a host's agent, and what somebody ought to know of it. */
export function CertificateState({ certificate }: { readonly certificate: AgentCertificate | null }) {
  const said = useWords(text)
  if (certificate === null) return <span className="text-ink-2">{said.none}</span>
  const { state, notAfter, revokedAt, revokedFor, rejoinedAt, sharedAt } = certificate
  return (
    <span>
      <span>
        {state === 'revoked' ? (
          <>
            {said[revokedFor ?? 'administrator']} {revokedAt !== null && <When at={revokedAt} />}
          </>
        ) : state === 'waiting' ? (
          said.waiting
        ) : (
          <>
            {said[state]} <When at={notAfter} />
          </>
        )}
      </span>
      {rejoinedAt !== null && state !== 'revoked' && (
        <span className="block text-ink-2 text-sm">
          {said.again} <Ago at={rejoinedAt} />
        </span>
      )}
      {sharedAt !== null && (
        <span className="block text-fails text-sm">
          {said.shared} <When at={sharedAt} />
        </span>
      )}
    </span>
  )
}
