import type { MakingJoinToken, OfferedJoinToken } from '@hevd/hosts/contract'
import { Ago, Button, call, DialogActions, useAction, useWords, words } from '@hevd/ui'
import { useState } from 'react'

const text = words({
  run: { nb: 'Kjør dette på maskinen', en: 'Run this on the host' },
  once: {
    nb: 'Kommandoen virker én gang, vises bare nå, og utløper',
    en: 'The command works once, is shown only now, and expires',
  },
  key: {
    nb: 'Nøkkelen lages på maskinen og forlater den aldri.',
    en: 'The key is made on the host and never leaves it.',
  },
  copy: { nb: 'Kopier kommandoen', en: 'Copy the command' },
  copied: { nb: 'Kommandoen er kopiert', en: 'The command is copied' },
})

/** Makes a join token. */
export function useJoinToken() {
  return useAction({
    call: (body: MakingJoinToken) => call<OfferedJoinToken>('POST', '/api/join-tokens', body),
    refreshes: ['/api/join-tokens'],
  })
}

/** The command to run on the host, once. */
export function JoinCommand({ made, onClose }: { readonly made: OfferedJoinToken; onClose(): void }) {
  const said = useWords(text)
  const [copied, setCopied] = useState(false)
  return (
    <>
      <p className="mb-1.5 font-medium">{said.run}</p>
      <p className="select-all break-all rounded-md bg-paper-2 px-3 py-2 font-mono text-sm">{made.command}</p>
      <p className="mt-2 text-ink-2 text-sm">
        {said.once} <Ago at={made.expiresAt} />. {said.key}
      </p>
      <DialogActions onClose={onClose}>
        <Button
          weight="main"
          onClick={() => void navigator.clipboard.writeText(made.command).then(() => setCopied(true))}
        >
          {copied ? said.copied : said.copy}
        </Button>
      </DialogActions>
    </>
  )
}
