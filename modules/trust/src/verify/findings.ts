import type { Bilingual } from '@hevd/core'

/** What checking can find of one control. All but `proven` and `moved-on` say that something is wrong. */
export const controlFindings = {
  proven: {
    nb: 'Bevist: det siden sier om denne kontrollen, er det som står i den signerte loggen.',
    en: 'Proven: what the page says of this control is what stands in the signed log.',
  },
  'moved-on': {
    nb: 'Det er publisert noe nyere siden du åpnet siden. Last siden på nytt og kontroller igjen.',
    en: 'Something newer was published since you opened the page. Reload the page and check again.',
  },
  'status-altered': {
    nb: 'Statusen på siden er endret: den er ikke den som står i den signerte loggen.',
    en: 'The status on the page was altered: it is not the one in the signed log.',
  },
  'text-changed': {
    nb: 'Teksten er endret: løftet på siden er ikke det som ble målt og signert.',
    en: 'The text was changed: the promise on the page is not the one that was measured and signed.',
  },
  'leaf-altered': {
    nb: 'Opplysningene om denne kontrollen er endret: de stemmer ikke med oppføringen i loggen.',
    en: 'What is said of this control was altered: it does not fit its entry in the log.',
  },
  'another-leaf': {
    nb: 'Beviset hører til en annen oppføring enn denne kontrollen.',
    en: 'The proof belongs to another entry than this control.',
  },
  'not-in-log': {
    nb: 'Beviset leder ikke til den signerte roten: oppføringen står ikke i loggen.',
    en: 'The proof does not lead to the signed root: the entry is not in the log.',
  },
  stale: {
    nb: 'Opplysningene er for gamle: gyldigheten er utløpt, og noe nyere er ikke vist.',
    en: 'This is too old: it is no longer valid, and nothing newer was shown.',
  },
  'from-the-future': {
    nb: 'Oppføringen er datert fram i tid. Enten går klokken din feil, eller så er den gjort gyldig for lenge.',
    en: 'The entry is dated in the future. Either your clock is wrong, or it was made valid for too long.',
  },
  'no-proof': {
    nb: 'Siden viser denne kontrollen, men tjeneren gir ikke noe bevis for den.',
    en: 'The page shows this control, but the server gives no proof of it.',
  },
  'not-shown': {
    nb: 'Loggen har denne kontrollen, men siden viser den ikke.',
    en: 'The log has this control, but the page does not show it.',
  },
} as const satisfies Record<string, Bilingual>
export type ControlFindingCode = keyof typeof controlFindings

/** What checking can find of the log as a whole. All but the first two say that something is wrong. */
export const logFindings = {
  'first-visit': {
    nb: 'Dette er første gang loggen kontrolleres herfra. Neste kontroll vil vise om den er skrevet om siden nå.',
    en: 'This is the first time the log is checked from here. The next check will show whether it was rewritten since now.',
  },
  continues: {
    nb: 'Loggen inneholder uendret alt den inneholdt da den sist ble kontrollert herfra.',
    en: 'The log still contains, unchanged, all it contained when it was last checked from here.',
  },
  'history-rewritten': {
    nb: 'Historien er skrevet om: loggen er ikke en fortsettelse av den som er signert tidligere.',
    en: 'History was rewritten: the log is not a continuation of the one that was signed before.',
  },
  'history-shortened': {
    nb: 'Loggen er kortere enn den var: noe som er signert tidligere, er borte.',
    en: 'The log is shorter than it was: something that was signed before is gone.',
  },
  'another-key': {
    nb: 'Loggen er signert med en annen nøkkel enn den du kjenner fra før. Spør virksomheten om nøkkelen er byttet.',
    en: 'The log is signed with another key than the one you know. Ask the organisation whether the key was changed.',
  },
  'checkpoint-forged': {
    nb: 'Sjekkpunktet er ikke signert med loggens nøkkel. Ingenting på siden kan bevises.',
    en: 'The checkpoint is not signed with the key of the log. Nothing on the page can be proven.',
  },
  'log-unreachable': {
    nb: 'Loggen kunne ikke hentes. Ingenting er bevist; prøv igjen om litt.',
    en: 'The log could not be fetched. Nothing is proven; try again in a moment.',
  },
  'strip-altered': {
    nb: 'Raden med merker eller oppsummeringen øverst stemmer ikke med kontrollene under.',
    en: 'The row of marks or the summary on top does not fit the controls below.',
  },
} as const satisfies Record<string, Bilingual>
export type LogFindingCode = keyof typeof logFindings

export type ControlFinding = {
  readonly control: string
  readonly code: ControlFindingCode
  readonly words: Bilingual
}
export type LogFinding = { readonly code: LogFindingCode; readonly words: Bilingual }

export function ofControl(control: string, code: ControlFindingCode): ControlFinding {
  return { control, code, words: controlFindings[code] }
}

export function ofLog(code: LogFindingCode): LogFinding {
  return { code, words: logFindings[code] }
}
