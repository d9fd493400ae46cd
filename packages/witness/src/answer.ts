/** What a witness says to `POST /add-checkpoint`; each becomes one HTTP status (C2SP tlog-witness). */
export type Answer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'log-unknown' }
  | { readonly kind: 'key-unknown' }
  | { readonly kind: 'old-size-above' }
  | { readonly kind: 'another-size'; readonly size: number }
  | { readonly kind: 'another-root'; readonly size: number }
  | { readonly kind: 'proof-wrong' }

/** The answer as HTTP: status, type and body. */
export function httpAnswer(answer: Answer): { status: number; type: string; body: string } {
  const text = 'text/plain; charset=utf-8'
  switch (answer.kind) {
    case 'cosigned':
      return { status: 200, type: text, body: answer.lines }
    case 'another-size':
    case 'another-root':
      return { status: 409, type: 'text/x.tlog.size', body: `${answer.size}\n` }
    case 'malformed':
      return { status: 400, type: text, body: 'Not an add-checkpoint request\n' }
    case 'old-size-above':
      return { status: 400, type: text, body: 'The old size is above the checkpoint\n' }
    case 'key-unknown':
      return { status: 403, type: text, body: 'Not signed by a key that is known for this log\n' }
    case 'log-unknown':
      return { status: 404, type: text, body: 'This log is not known here\n' }
    case 'proof-wrong':
      return { status: 422, type: text, body: 'The proof does not lead from the old tree to this one\n' }
  }
}
