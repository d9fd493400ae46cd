import { type ChangeEvent, useId } from 'react'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

const text = words({
  choose: { nb: 'Velg en fil', en: 'Choose a file' },
  noFile: { nb: 'Ingen fil er valgt', en: 'No file is chosen' },
})

/** Chooses one file of the reader's machine. @param accept endings and types, as `<input accept>`. @param name of the chosen one */
export function ChooseFile({
  accept,
  name,
  onChoose,
}: {
  readonly accept: string
  readonly name: string | null
  onChoose(file: File): void
}) {
  const said = useWords(text)
  const id = useId()
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    if (file !== undefined) onChoose(file)
    // The same file, mended, may be chosen once more.
    target.value = ''
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <input id={id} type="file" accept={accept} onChange={choose} className="peer sr-only" />
      <label
        htmlFor={id}
        className="inline-flex min-h-10 items-center rounded-md border border-line-2 bg-raised px-4 font-medium hover:border-ink-3 peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2"
      >
        {said.choose}
      </label>
      <span className="min-w-0 break-all text-ink-2">{name ?? said.noFile}</span>
    </div>
  )
}

/** A file's bytes as they are, for a body in JSON (RFC 4648, section 4). */
export async function base64Of(file: File): Promise<string> {
  let text = ''
  for (const byte of new Uint8Array(await file.arrayBuffer())) text += String.fromCharCode(byte)
  return btoa(text)
}
