import type { Locale } from '@hevd/core'
import { BundleError } from '../bundle/errors.ts'
import { type BundleProven, verifyBundle } from '../bundle/verify-bundle.ts'
import { mark, type Terminal, wrapped } from '../terminal.ts'

const words = {
  nb: {
    reading: 'Leser pakken og regner alt ut på nytt',
    sound: 'Pakken stemmer.',
    signed: 'Rapporten er den som ble signert: kontrollsummen står i loggen.',
    unsigned: 'Rapporten er ikke signert. Den er slik den kom ut da pakken ble laget.',
    tables: (tables: number, rows: number) =>
      `${tables} lister med ${rows} rader er de som rapporten har kontrollsum av.`,
    files: (count: number) => `${count} filer, også CSV-filene, er slik de var da pakken ble laget.`,
    entries: (count: number, size: number) =>
      `${count} innførsler er i loggen, som hadde ${size} innførsler.`,
    samples: (samples: number, versions: number) =>
      `${samples} stikkprøver er de som frøene gir, og ${versions} funn i dem er i bunkene de er fra.`,
    withoutInputs: (count: number) => `Grunnlaget for ${count} av dem er ikke oppbevart.`,
    witnessed: (name: string) => `Medsignert av vitnet ${name}.`,
    ownKey:
      'Nøkkelen er pakkens egen. Sammenlign den med den du har fått et annet sted, eller gi den med --key:',
    notMoreThan:
      'Dette viser at ingenting er skrevet om siden. Det viser ikke at det som ble lest, var sant.',
    unreadable: (path: string, reason: string) => `Kan ikke lese ${path}: ${reason}.`,
  },
  en: {
    reading: 'Reading the bundle and computing everything anew',
    sound: 'The bundle is sound.',
    signed: 'The report is the one that was signed: its digest stands in the log.',
    unsigned: 'The report is not signed. It is as it came out when the bundle was made.',
    tables: (tables: number, rows: number) =>
      `${tables} lists of ${rows} rows are those that the report has digests of.`,
    files: (count: number) => `${count} files, the CSV files too, are as they were when the bundle was made.`,
    entries: (count: number, size: number) => `${count} entries are in the log, which had ${size} entries.`,
    samples: (samples: number, versions: number) =>
      `${samples} samples are those that their seeds give, and ${versions} findings in them are in the batches they are of.`,
    withoutInputs: (count: number) => `The evidence of ${count} of them is not kept.`,
    witnessed: (name: string) => `Cosigned by the witness ${name}.`,
    ownKey:
      'The key is the bundle’s own. Compare it with the one you were given elsewhere, or give it with --key:',
    notMoreThan: 'This shows that nothing was rewritten since. It does not show that what was read was true.',
    unreadable: (path: string, reason: string) => `Cannot read ${path}: ${reason}.`,
  },
} as const

/** `hevd verify FILE`. Exit code: 0 proven, 1 something is wrong, 2 could not be read. Needs no server and no network. */
export async function verifyFile(deps: {
  readonly path: string
  readonly key?: string
  readonly witnessKeys: readonly string[]
  readonly json?: boolean
  readonly locale: Locale
  readonly terminal: Terminal
}): Promise<number> {
  const { path, key, witnessKeys, locale, terminal } = deps
  const say = words[locale]
  terminal.progress(`${say.reading} …`)
  try {
    const proven = await verifyBundle({ path, key: key ?? null, witnessKeys })
    if (deps.json === true) terminal.write(JSON.stringify({ outcome: 'proven', ...proven }))
    else for (const line of lines(proven, key === undefined, locale, terminal)) terminal.write(line)
    return 0
  } catch (error) {
    if (error instanceof BundleError) {
      const { code, what, words: wrong } = error
      if (deps.json === true) terminal.write(JSON.stringify({ outcome: 'wrong', code, what, words: wrong }))
      else
        terminal.write(
          `${mark('fails', terminal)} ${wrapped(wrong[locale], terminal.columns, 2).join('\n').trimStart()}`,
        )
      return 1
    }
    if (error instanceof Error && 'code' in error) {
      console.error(say.unreadable(path, error.message))
      return 2
    }
    throw error
  }
}

function lines(proven: BundleProven, ownKey: boolean, locale: Locale, terminal: Terminal): string[] {
  const say = words[locale]
  const { tables, rows, files, entries, size, samples, versions, withoutInputs, witnesses, key } = proven
  const said = [
    proven.signed ? say.signed : say.unsigned,
    say.tables(tables, rows),
    say.files(files),
    say.entries(entries, size),
    ...(samples > 0 ? [say.samples(samples, versions)] : []),
    ...(withoutInputs > 0 ? [say.withoutInputs(withoutInputs)] : []),
    ...witnesses.map(say.witnessed),
    say.notMoreThan,
  ]
  return [
    `${mark('holds', terminal)} ${say.sound}`,
    ...said.flatMap((line) => wrapped(line, terminal.columns, 2)),
    ...(ownKey ? [...wrapped(say.ownKey, terminal.columns, 2), `  ${key}`] : []),
  ]
}
