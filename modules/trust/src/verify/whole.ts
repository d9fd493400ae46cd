import type { Bilingual } from '@hevd/core'
import { type ControlFinding, controlFindings, type LogFinding } from './findings.ts'

/** One sentence over all that was found. */
export function wholeOf(
  outcome: 'proven' | 'moved-on' | 'wrong',
  log: readonly LogFinding[],
  controls: readonly ControlFinding[],
): Bilingual {
  if (outcome === 'moved-on') return controlFindings['moved-on']
  const all = controls.length
  if (outcome === 'proven')
    return {
      nb: `Bevist: alle ${all} kontrollene på siden er slik de står i den signerte loggen, og ingen av dem er utløpt.`,
      en: `Proven: all ${all} controls on the page are as they stand in the signed log, and none of them is out of date.`,
    }
  const [wrongLog] = log.filter(({ code }) => code !== 'first-visit' && code !== 'continues')
  if (wrongLog !== undefined)
    return { nb: `Ikke bevist. ${wrongLog.words.nb}`, en: `Not proven. ${wrongLog.words.en}` }
  const wrong = controls.filter(({ code }) => code !== 'proven' && code !== 'moved-on').length
  return {
    nb: `Ikke bevist. Noe er galt med ${wrong} av ${all} kontroller; det står ved hver av dem.`,
    en: `Not proven. Something is wrong with ${wrong} of ${all} controls; it is said beside each.`,
  }
}
