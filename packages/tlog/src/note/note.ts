import { fromBase64, toBase64 } from '../bytes/base64.ts'
import { concat } from '../bytes/bytes.ts'
import { TlogError } from '../errors.ts'
import { isKeyName } from './key-name.ts'

/** One signature line of a note. Name and key hash together name the key. */
export type NoteSignature = {
  readonly name: string
  /** First four bytes of the key's hash, big-endian. */
  readonly keyHash: number
  readonly signature: Uint8Array
}

/** A text and who signed it; nothing is verified yet, so the text is to be believed from `verifyNote` alone. */
export type Note = {
  /** Ends in a newline. */
  readonly text: string
  /** At least one, in their order, those by unknown keys too. */
  readonly signatures: readonly NoteSignature[]
}

/** More than any checkpoint has, and few enough to look through. */
const mostSignatures = 100

/** Parses a signed note (C2SP signed-note). Throws `note-malformed`. */
export function parseNote(note: string): Note {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n') || hasControls(note) || !note.isWellFormed())
    throw new TlogError('note-malformed')
  const lines = note.slice(end + 2, -1).split('\n')
  if (lines.length > mostSignatures) throw new TlogError('note-malformed', `${lines.length} signatures`)
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignatureLine) }
}

/** Parses `— name base64`, without its newline. Throws `note-malformed`. */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ')
  if (dash !== '—' || !isKeyName(name) || rest.length > 0) throw new TlogError('note-malformed', line)
  const bytes = decoded(encoded, line)
  if (bytes.length < 5) throw new TlogError('note-malformed', line)
  return { name, keyHash: new DataView(bytes.buffer).getUint32(0), signature: bytes.subarray(4) }
}

/** The line of one signature, with its newline. */
export function signatureLine({ name, keyHash, signature }: NoteSignature): string {
  const hash = new Uint8Array(4)
  new DataView(hash.buffer).setUint32(0, keyHash)
  return `— ${name} ${toBase64(concat(hash, signature))}\n`
}

/** The note as it is written: text, empty line, signatures. */
export function formatNote({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

/** Whether there is a control character other than newline. */
function hasControls(note: string): boolean {
  return [...note].some((char) => char < ' ' && char !== '\n')
}

function decoded(encoded: string, line: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(encoded)
  } catch {
    throw new TlogError('note-malformed', line)
  }
}
