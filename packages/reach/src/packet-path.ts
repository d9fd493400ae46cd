import { type Node, no, yes } from './diagram/diagrams.ts'
import { assigned, Evaluation } from './evaluate.ts'
import type { Ground } from './host.ts'
import { equals, type Filter, type Hooked, states } from './model.ts'
import type { Space } from './space.ts'

/** Priorities of the kernel's own work (NF_IP_PRI_*). */
const tracking = -200
const destinationNat = -100
const sourceNat = 100

/**
 * The packets that are let in, as they come in by the wire: through every chain of ingress, prerouting and input in the
 * order of priority. An accept ends one chain only; the next is asked too. A drop is final.
 */
export function letIn(space: Space, ground: Ground, filter: Filter): Node {
  const evaluation = new Evaluation(space, filter)
  const of = (hook: Hooked['hook'], kind: Hooked['kind']) =>
    filter.hooked
      .filter((one) => one.hook === hook && one.kind === kind)
      .sort((a, b) => a.priority - b.priority)
  const through = (chains: readonly Hooked[], delivered: Node) =>
    chains.reduceRight<Node>((then, chain) => asked(space, evaluation, chain, then, no), delivered)

  const input = withNat(space, evaluation, of('input', 'filter'), of('input', 'nat'), sourceNat, yes, through)
  const routed = space.diagrams.and(space.encode(ground.goesToInput), input)
  const prerouting = of('prerouting', 'filter')
  const late = withNat(
    space,
    evaluation,
    prerouting.filter(({ priority }) => priority > tracking),
    of('prerouting', 'nat'),
    destinationNat,
    routed,
    through,
  )
  const untracked = space.encode(equals('ct', states.untracked))
  const tracked = assigned(space, late, [{ field: 'ct', value: { is: 'constant', value: states.new } }])
  const early = through(
    prerouting.filter(({ priority }) => priority <= tracking),
    space.diagrams.ifElse(untracked, late, tracked),
  )
  const whole = through(of('ingress', 'filter'), early)
  return assigned(space, whole, [
    { field: 'ct', value: { is: 'constant', value: states.invalid } },
    ...(['mark', 'ctmark', 'dnat'] as const).map((field) => ({
      field,
      value: { is: 'constant', value: 0n } as const,
    })),
  ])
}

type Through = (chains: readonly Hooked[], delivered: Node) => Node

/** Chains of a hook with all of its nat chains at the place where the kernel translates, for tracked packets. */
function withNat(
  space: Space,
  evaluation: Evaluation,
  filters: readonly Hooked[],
  nat: readonly Hooked[],
  place: number,
  delivered: Node,
  through: Through,
): Node {
  const after = through(
    filters.filter(({ priority }) => priority > place),
    delivered,
  )
  const translated = nat.reduceRight<Node>(
    (then, chain) => asked(space, evaluation, chain, then, after),
    after,
  )
  const untracked = space.encode(equals('ct', states.untracked))
  return through(
    filters.filter(({ priority }) => priority <= place),
    space.diagrams.ifElse(untracked, after, translated),
  )
}

function asked(space: Space, evaluation: Evaluation, hooked: Hooked, then: Node, translated: Node): Node {
  const applies = space.encode(hooked.applies)
  if (applies === no) return then
  const asked = evaluation.chain(hooked.chain, {
    accept: then,
    back: hooked.policy === 'accept' ? then : no,
    translated,
  })
  return space.diagrams.ifElse(applies, asked, then)
}
