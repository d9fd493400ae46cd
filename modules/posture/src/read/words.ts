import { controlOf, type Reason, type Unseen, unseen, worded } from '@hevd/core'
import type { ReasonView } from '@hevd/http'
import type { Engine } from '../engine.ts'
import { engineReasons } from '../reasons.ts'

/** A reason with its words in both languages; those of a control are found by one of its tests or by its id. */
export function reasonView(engine: Engine, testOrControl: string, reason: Reason): ReasonView {
  const own = engine.catalogue.controls.get(controlOf(testOrControl))?.reasons
  const reasons = { ...engineReasons, ...own }
  return {
    code: reason.code,
    params: { ...reason.params },
    text: { nb: worded(reasons, reason, 'nb'), en: worded(reasons, reason, 'en') },
  }
}

export function reasonOrNull(
  engine: Engine,
  testOrControl: string,
  reason: Reason | null,
): ReasonView | null {
  return reason && reasonView(engine, testOrControl, reason)
}

export function unseenView(engine: Engine, test: string, missing: Unseen): ReasonView {
  return reasonView(engine, test, unseen(missing).why)
}
