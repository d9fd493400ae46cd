import { loadVocabulary } from '@hevd/policy'
import {
  type Proposal,
  ReaderError,
  type ReadPolicy,
  type ReadSentence,
  readPolicy,
} from '@hevd/policy-reader'
import type { TextInForce } from '@hevd/posture'
import type { PolicyReading } from './contract.ts'
import type { Context } from './deps.ts'
import { AmendmentError } from './errors.ts'

type Vocabulary = Awaited<ReturnType<typeof loadVocabulary>>
let vocabulary: Promise<Vocabulary> | undefined

/** Reads an organisation's own page, and keeps nothing of it. Throws `page-not-read`, with why. */
export async function readPage(
  { db, posture }: Context,
  organisation: string,
  { fileName, base64 }: { readonly fileName: string; readonly base64: string },
): Promise<PolicyReading> {
  vocabulary ??= loadVocabulary()
  const read = readOrRefuse(fileName, Buffer.from(base64, 'base64'), await vocabulary)
  const texts = await db.transaction(organisation, (tx) => posture.texts(tx, organisation))
  const mentioned = new Set(
    read.sentences.flatMap(({ proposals }) => proposals.map(({ control }) => control)),
  )
  return {
    locale: read.language,
    sentences: read.sentences.map((sentence, index) => sentenceOf(sentence, index, texts)),
    unmentioned: [...texts.keys()].filter((control) => !mentioned.has(control)),
  }
}

function readOrRefuse(name: string, bytes: Uint8Array, known: Vocabulary): ReadPolicy {
  try {
    return readPolicy({ name, bytes }, known)
  } catch (error) {
    if (error instanceof ReaderError) throw new AmendmentError('page-not-read', error.words)
    throw error
  }
}

/** What a sentence says in full goes before what stands partly above it. */
function sentenceOf(
  { text, above, proposals }: ReadSentence,
  index: number,
  texts: ReadonlyMap<string, TextInForce>,
): PolicyReading['sentences'][number] {
  const best = proposals.toSorted((a, b) => strength(a) - strength(b))
  const [first, ...others] = best
  return {
    index,
    text,
    heading: above[0] ?? null,
    control: first?.control ?? null,
    because: first?.evidence.words.map((word) => word.text) ?? [],
    others: others.map(({ control }) => control),
    parameters: best.flatMap(({ control, parameters }) =>
      parameters.flatMap(({ parameter: name, value, said }) =>
        value === null
          ? []
          : [{ control, name, value, words: said, inForce: texts.get(control)?.parameters[name] ?? null }],
      ),
    ),
  }
}

function strength({ evidence }: Proposal): number {
  return evidence.strength === 'sure' ? 0 : 1
}
