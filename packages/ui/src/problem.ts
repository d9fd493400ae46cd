import type { Bilingual } from '@hevd/core'

/** A fault as the server words it (RFC 9457), or as we word it where the server was not reached. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly words: Bilingual

  constructor(status: number, code: string, words: Bilingual) {
    super(words.en)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.words = words
  }
}

const unreachable: Bilingual = {
  nb: 'Tjeneren svarer ikke. Sjekk at den går og at du er på nett; vi prøver igjen.',
  en: 'The server does not answer. See that it runs and that you are online; we keep trying.',
}
const unread: Bilingual = {
  nb: 'Tjeneren svarte noe vi ikke kan lese. Last siden på nytt; blir det ved, er den ikke oppgradert ferdig.',
  en: 'The server answered something we cannot read. Reload; if it stays, an upgrade is not finished.',
}

/** One call of the server's API. Throws {@link Problem}. The answer's shape is the contract's, which both sides share. */
export async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Problem(0, 'unreachable', unreachable)
  })
  const text = await response.text()
  let answer: unknown = null
  try {
    answer = text === '' ? null : JSON.parse(text)
  } catch {
    throw new Problem(response.status, 'unread', unread)
  }
  if (!response.ok) throw problemOf(response.status, answer)
  return answer as Answer
}

function problemOf(status: number, answer: unknown): Problem {
  if (typeof answer === 'object' && answer !== null && 'words' in answer && 'code' in answer) {
    const { words, code } = answer
    if (typeof words === 'object' && words !== null && 'nb' in words && 'en' in words)
      return new Problem(status, String(code), { nb: String(words.nb), en: String(words.en) })
  }
  return new Problem(status, 'unread', unread)
}

/** What went wrong, as a problem, whatever was thrown. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(0, 'unread', unread)
}
