/** A file's text and how it was written; `lost` when letters were lost before it came here. */
export type Decoded = {
  readonly text: string
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly lost: boolean
}

/** UTF-8 with or without a byte order mark; what is not UTF-8 is Windows-1252, as spreadsheets here write it. */
export function decode(file: string | Uint8Array): Decoded {
  if (typeof file === 'string') {
    const text = file.startsWith('\ufeff') ? file.slice(1) : file
    return { text, encoding: 'utf-8', lost: text.includes('\ufffd') }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(file), encoding: 'utf-8', lost: false }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(file), encoding: 'windows-1252', lost: false }
  }
}
