import { controlOf, type Locale, type Reason, telling, type Unseen, unseen, worded } from '@hevd/core'
import { factTitles } from '@hevd/facts/titles'
import type { ReasonView } from '@hevd/http'
import type { Tx } from '@hevd/postgres'
import type { Engine } from '../engine.ts'
import { engineReasons } from '../reasons.ts'
import { zoneOf } from '../store/organisation.ts'

/** Puts reasons into words, in both languages. Those of a control are found by one of its tests or by its id. */
export type Words = {
  of(testOrControl: string, reason: Reason): ReasonView
  orNull(testOrControl: string, reason: Reason | null): ReasonView | null
  unseen(test: string, missing: Unseen): ReasonView
}

/**
 * Words for these reasons: moments are told in the organisation's time zone, and the sources they name by their
 * titles, which are looked up once for all.
 */
export async function wordsFor(
  engine: Engine,
  tx: Tx,
  organisation: string,
  reasons: readonly (Reason | null)[],
): Promise<Words> {
  const feeds = reasons.flatMap((reason) =>
    typeof reason?.params.feed === 'string' ? [reason.params.feed] : [],
  )
  const titles = {
    sources: await engine.feeds.titles(tx, organisation, [...new Set(feeds)]),
    factTypes: factTitles,
  }
  const zone = await zoneOf(tx, organisation)
  const tell = { nb: telling('nb', zone, titles), en: telling('en', zone, titles) }
  const of = (testOrControl: string, reason: Reason): ReasonView => {
    const own = engine.catalogue.controls.get(controlOf(testOrControl))?.reasons
    const text = (locale: Locale) => worded({ ...engineReasons, ...own }, reason, locale, tell[locale])
    return { code: reason.code, params: { ...reason.params }, text: { nb: text('nb'), en: text('en') } }
  }
  return {
    of,
    orNull: (testOrControl, reason) => reason && of(testOrControl, reason),
    unseen: (test, missing) => of(test, unseen(missing).why),
  }
}
