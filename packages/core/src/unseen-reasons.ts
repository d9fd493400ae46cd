import { reason } from './control.ts'
import type { Unseen } from './fact.ts'

type Params<Code extends Unseen['code']> = Omit<Extract<Unseen, { code: Code }>, 'code'>

/** Words of the reasons that every control shares: something was not seen, or nothing was judged. */
export const unseenReasons = {
  'unseen-never-connected': reason<Params<'never-connected'>>({
    nb: ({ type }, { factType }) => `Ingen kilde har meldt fra om dette ennå: ${factType(type)}.`,
    en: ({ type }, { factType }) => `No source has reported on this yet: ${factType(type)}.`,
  }),
  'unseen-silent': reason<Partial<Pick<Params<'silent'>, 'feed'>> & Pick<Params<'silent'>, 'since'>>({
    nb: ({ feed, since }, { source, moment }) =>
      `${feed === undefined ? 'Kilden' : `Kilden ${source(feed)}`} har vært taus siden ${moment(since)}.`,
    en: ({ feed, since }, { source, moment }) =>
      `${feed === undefined ? 'The source' : `The source ${source(feed)}`} has been silent since ${moment(since)}.`,
  }),
  'unseen-needs-right': reason<Params<'needs-right'>>({
    nb: ({ feed, right }, { source }) => `Kilden ${source(feed)} får ikke lese dette. Den trenger: ${right}.`,
    en: ({ feed, right }, { source }) => `The source ${source(feed)} may not read this. It needs: ${right}.`,
  }),
  'unseen-failed': reason<Params<'failed'>>({
    nb: ({ feed, error }, { source }) => `Kilden ${source(feed)} kunne ikke lese dette: ${error}`,
    en: ({ feed, error }, { source }) => `The source ${source(feed)} could not read this: ${error}`,
  }),
  'unseen-partial': reason<Params<'partial'>>({
    nb: ({ feed, missing }, { source }) => `Kilden ${source(feed)} så ikke alt. Det mangler: ${missing}.`,
    en: ({ feed, missing }, { source }) =>
      `The source ${source(feed)} did not see everything. Missing: ${missing}.`,
  }),
  'not-looked-since': reason({
    nb: () => 'Fristen er passert, og ingen har sett etter siden.',
    en: () => 'The deadline has passed, and nobody has looked since.',
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
