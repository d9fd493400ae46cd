import { Button, useWords, words } from '@hevd/ui'
import { useState } from 'react'

const text = words({
  copy: { nb: 'Kopier', en: 'Copy' },
  copied: { nb: 'Kopiert', en: 'Copied' },
})

/** Something that is shown once. */
export function Secret({
  label,
  value,
  note,
}: {
  readonly label: string
  readonly value: string
  readonly note: string
}) {
  const said = useWords(text)
  const [copied, setCopied] = useState(false)
  return (
    <div role="status">
      <p className="mb-1.5 font-medium">{label}</p>
      <p className="select-all break-all rounded-md bg-paper-2 px-3 py-2 font-mono text-sm">{value}</p>
      <p className="mt-2 text-ink-2 text-sm">{note}</p>
      <Button
        weight="quiet"
        onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
      >
        {copied ? said.copied : said.copy}
      </Button>
    </div>
  )
}
