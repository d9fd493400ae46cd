export type TextPiece = { readonly text: string; readonly decided: boolean }

/** A sentence cut where the words that decided it stand; the first place of each, without regard to case. */
export function piecesOf(text: string, because: readonly string[]): readonly TextPiece[] {
  const low = text.toLowerCase()
  const spans = because
    .flatMap((words) => {
      const from = words === '' ? -1 : low.indexOf(words.toLowerCase())
      return from < 0 ? [] : [{ from, to: from + words.length }]
    })
    .sort((one, other) => one.from - other.from)
  const pieces: TextPiece[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (from < at) continue
    if (from > at) pieces.push({ text: text.slice(at, from), decided: false })
    pieces.push({ text: text.slice(from, to), decided: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), decided: false })
  return pieces
}
