import { type Catalogue, type Instant, toIso } from '@hevd/core'
import type { TextInForce } from '@hevd/posture'
import { Document, type Pair, type Scalar } from 'yaml'

const head = ` The policy in force: words, parameters and applicability of each control. Import makes a draft of what differs.
 What is left out of the file stays as it is. not-applicable: null lets a control apply.`

/** The policy as YAML, in its own order, so that two exports of the same policy are the same bytes. */
export function policyYaml(catalogue: Catalogue, texts: ReadonlyMap<string, TextInForce>): string {
  const controls = new Map(
    [...texts.values()].map((text) => [text.control, controlOf(text, catalogue.controls.get(text.control))]),
  )
  const document = new Document({ policy: 1, controls })
  document.commentBefore = head
  const written = document.get('controls')
  if (isMap(written))
    for (const pair of written.items) {
      const text = texts.get(String(pair.key.value))
      if (text !== undefined)
        pair.key.commentBefore = ` ${oneLine(text.title.nb)} / ${oneLine(text.title.en)}`
    }
  return document.toString({ lineWidth: 110 })
}

function controlOf(
  { title, statement, how, parameters, notApplicable }: TextInForce,
  control: { readonly references: { readonly [framework: string]: readonly string[] } } | undefined,
) {
  return {
    title,
    statement,
    how,
    parameters: inOrder(parameters),
    ...(notApplicable !== null && { 'not-applicable': applicability(notApplicable) }),
    references: control?.references ?? {},
  }
}

function applicability({ reason, reviewBy }: { readonly reason: string; readonly reviewBy: Instant }) {
  return { reason, 'review-by': toIso(reviewBy) }
}

function inOrder(values: { readonly [name: string]: unknown }) {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

type Written = { readonly items: readonly Pair<Scalar, unknown>[] }
function isMap(node: unknown): node is Written {
  return typeof node === 'object' && node !== null && 'items' in node
}
