type Words = { readonly nb: string; readonly en: string }
type Worded = { readonly [L in keyof Words]: (params: { readonly [name: string]: string }) => string }

/** Why a witness does not start or cannot keep its word. The table in README.md lists the same codes. */
export const witnessErrors = {
  'folder-in-use': {
    nb: ({ path }) =>
      `Et annet vitne bruker ${path}. To vitner med samme tilstand kunne bekreftet hver sin historie.`,
    en: ({ path }) =>
      `Another witness uses ${path}. Two witnesses with one state could each confirm another history.`,
  },
  'key-open-to-others': {
    nb: ({ path }) => `${path} kan leses av andre enn eieren. Kjør «chmod 600 ${path}».`,
    en: ({ path }) => `${path} can be read by others than its owner. Run “chmod 600 ${path}”.`,
  },
  'key-missing': {
    nb: ({ path }) =>
      `Nøkkelen ${path} mangler, men vitnet har bekreftet sjekkpunkter. Legg nøkkelen tilbake, eller begynn på nytt i en tom mappe.`,
    en: ({ path }) =>
      `The key ${path} is missing although this witness has confirmed checkpoints. Put it back, or begin anew in an empty folder.`,
  },
  'state-damaged': {
    nb: ({ path }) =>
      `${path} er ikke et sjekkpunkt fra loggen den skal være fra. Vitnet bekrefter ingenting før dette er undersøkt.`,
    en: ({ path }) =>
      `${path} is not a checkpoint of the log it should be of. The witness confirms nothing until this has been looked into.`,
  },
  'log-twice': {
    nb: ({ origin }) => `Loggen ${origin} er oppført to ganger. Samle nøklene i én oppføring.`,
    en: ({ origin }) => `The log ${origin} is listed twice. Put its keys into one entry.`,
  },
} as const satisfies Record<string, Worded>
export type WitnessErrorCode = keyof typeof witnessErrors

export class WitnessError extends Error {
  readonly code: WitnessErrorCode
  readonly words: Words

  constructor(code: WitnessErrorCode, params: { readonly [name: string]: string }) {
    const worded: Worded = witnessErrors[code]
    super(worded.en(params))
    this.name = 'WitnessError'
    this.code = code
    this.words = { nb: worded.nb(params), en: worded.en(params) }
  }
}
