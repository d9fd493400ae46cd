import type { ImportConfig } from './config.ts'
import type { SentFile } from './contract.ts'
import type { ReadFile } from './csv.ts'
import type { ImportPlan } from './plan.ts'

/** A plan as it is shown, in the form of `importPreviewOf`. */
export function previewOf<Item>(
  plan: ImportPlan<Item>,
  file: Pick<ReadFile<string>, 'encoding' | 'ignoredColumns'>,
  { faultsTold }: Pick<ImportConfig, 'faultsTold'>,
) {
  return {
    digest: plan.digest,
    added: [...plan.added],
    changed: [...plan.changed],
    notInFile: [...plan.notInFile],
    unchanged: plan.unchanged,
    faults: plan.faults
      .slice(0, faultsTold)
      .map(({ line, field, words }) => ({ line, field, nb: words.nb, en: words.en })),
    encoding: file.encoding,
    ignoredColumns: [...file.ignoredColumns],
    braked: plan.braked,
  }
}

/** The file that was sent; null where neither text nor bytes were, or both. */
export function sentFile({ csv, base64 }: SentFile): string | Uint8Array | null {
  if (csv !== undefined && base64 === undefined) return csv
  return base64 !== undefined && csv === undefined ? Buffer.from(base64, 'base64') : null
}
