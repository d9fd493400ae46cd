import { reason } from './control.ts'
import type { Unseen } from './fact.ts'
import { toIso } from './time.ts'

type Params<Code extends Unseen['code']> = Omit<Extract<Unseen, { code: Code }>, 'code'>

/** What a reader calls a feed: its collector or register, without the id of the host that stands before it. */
function called(feed: string): string {
  return feed.slice(feed.lastIndexOf('/') + 1)
}

/** Words of the reasons that every control shares: something was not seen, or nothing was judged. */
export const unseenReasons = {
  'unseen-never-connected': reason<Params<'never-connected'>>({
    nb: ({ type }) => `Ingen kilde har meldt fra om dette ennå (${type}).`,
    en: ({ type }) => `No source has reported on this yet (${type}).`,
  }),
  'unseen-silent': reason<Partial<Pick<Params<'silent'>, 'feed'>> & Pick<Params<'silent'>, 'since'>>({
    nb: ({ feed, since }) =>
      `Kilden ${feed === undefined ? '' : called(feed)} har vært taus siden ${toIso(since)}.`.replace(
        '  ',
        ' ',
      ),
    en: ({ feed, since }) =>
      `The source ${feed === undefined ? '' : called(feed)} has been silent since ${toIso(since)}.`.replace(
        '  ',
        ' ',
      ),
  }),
  'unseen-needs-right': reason<Params<'needs-right'>>({
    nb: ({ feed, right }) => `Kilden ${called(feed)} får ikke lese dette. Den trenger: ${right}.`,
    en: ({ feed, right }) => `The source ${called(feed)} may not read this. It needs: ${right}.`,
  }),
  'unseen-failed': reason<Params<'failed'>>({
    nb: ({ feed, error }) => `Kilden ${called(feed)} kunne ikke lese dette: ${error}`,
    en: ({ feed, error }) => `The source ${called(feed)} could not read this: ${error}`,
  }),
  'unseen-partial': reason<Params<'partial'>>({
    nb: ({ feed, missing }) => `Kilden ${called(feed)} så ikke alt. Det mangler: ${missing}.`,
    en: ({ feed, missing }) => `The source ${called(feed)} did not see everything. Missing: ${missing}.`,
  }),
  'nothing-judged': reason({
    nb: () => 'Ingenting er vurdert ennå.',
    en: () => 'Nothing has been judged yet.',
  }),
  'not-yet-proven': reason({
    nb: () => 'Ennå ikke bevist: kontrollen har ingen test som ser etter.',
    en: () => 'Not yet proven: no test looks at this control.',
  }),
  'population-empty': reason({
    nb: () => 'Ingen er funnet å vurdere. En tom liste er ikke et bevis.',
    en: () => 'Nothing was found to judge. An empty list is no proof.',
  }),
}
