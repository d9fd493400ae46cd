import type { Context, Topic } from './detector.ts'

/** Words that say what stands beside them, in column names and in running text, Norwegian and English. */
const topics: readonly (readonly [Topic, RegExp])[] = [
  ['card', /kort|card|\bpan\b|visa\b|amex\b|kredit/],
  [
    'national-id',
    /f(?:ø|oe|o)dsels|fodsels|personn(?:r|um)|\bfnr|fnr\b|\bssn\b|national.?id|\bdnr\b|d.num|birth.?num|personal.?(?:id|num)|identitet|identity.?num|\bpid\b|\bnin\b/,
  ],
  ['bank-account', /konto|account.?n(?:o|r|um)|bank|iban|\bacct/],
  ['phone', /tlf|telefon|phone|mobil|\bgsm\b|\bsms\b|\bcell\b|\bfax\b|\bring\b/],
  [
    'secret',
    /secret|token|api.?key|access.?key|private.?key|credential|hemmelig|n(?:ø|oe)kkel|auth.?key|signing.?key|encryption.?key|client.?key|master.?key|shared.?key|account.?key|storage.?key|bearer/,
  ],
  ['password', /password|passwd|passord|passphrase|passcode|\bpwd\b/],
  ['aws', /aws|amazon|\bs3\b|akia|asia[a-z2-7]/],
  ['twilio', /twilio/],
  [
    'other-number',
    /\bkid\b|\bimei\b|\bisbn\b|\bean\b|\bgtin\b|ordre|order|faktura|invoice|tracking|sporing|serial|serie|org.?n(?:r|um)|\bmva|\bvat\b|track|batch|ticket|referanse|\bref\b|session|transaction|checksum|epoch|timestamp/,
  ],
]

/** Names in which a word for a secret stands for something else about it. */
const aboutSecrets =
  /hash|digest|fingerprint|hint|count|type|expire|expiry|created|changed|updated|issued|used|policy|length|name\b|label|version|status|enabled|algorithm|public|\bid\b|\bat\b|\bon\b|url|scope|max|limit|number|attempts|salt|iterations|strength|required/

/** The words of an identifier: `userApiKey2`, `user_api_key` and `USER-API-KEY` are `user api key`. */
export function wordsOf(name: string): string {
  return name
    .replace(/([a-zæøå0-9])([A-ZÆØÅ])/g, '$1 $2')
    .replace(/[_.\-/:]/g, ' ')
    .toLowerCase()
}

/** What some words say is beside them. */
export function topicsOf(words: string): ReadonlySet<Topic> {
  const found = new Set(topics.flatMap(([topic, pattern]) => (pattern.test(words) ? [topic] : [])))
  if (found.has('secret') || found.has('password'))
    if (aboutSecrets.test(words)) {
      found.delete('secret')
      found.delete('password')
    }
  return found
}

/**
 * What a column's name says of its values, and its table's where the column's own says nothing (`cards.number`).
 *
 * @param numeric whether it is a column of numbers
 */
export function contextOf(column: string, table = '', numeric = false): Context {
  const own = topicsOf(wordsOf(column))
  return { topics: own.size > 0 ? own : topicsOf(wordsOf(table)), numeric }
}

/** Running text, such as a line of a log: only what stands before a value says what it is. */
export const plainText: Context = Object.freeze({ topics: new Set<Topic>(), numeric: false })

const before = 40

/** What the words just before a place in a text say; what the column's name says where they say nothing. */
export function topicsBefore(lower: string, start: number, context: Context): ReadonlySet<Topic> {
  const found =
    start === 0 ? null : topicsOf(lower.slice(Math.max(0, start - before), start).replace(/_/g, ' '))
  return found === null || found.size === 0 ? context.topics : found
}
