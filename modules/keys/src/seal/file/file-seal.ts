import { z } from 'zod'
import { KeysError } from '../../errors.ts'
import { lock, readSealed, sealBy, unlock } from '../envelope.ts'
import type { Seal } from '../seal.ts'
import { wipe } from '../wipe.ts'
import { keyFileId, readKeyFile, readOrMakeKeyFile } from './key-file.ts'

const wrappedByFile = z.object({ key: z.string(), box: z.string() })

/** The seal by a key file: whoever has both the file and the database has the keys. @param home HEVD_HOME */
export function fileSeal(path: string, home: string): Seal {
  return sealBy({
    kind: 'file',
    wrap: async (key, context) => {
      const fileKey = readOrMakeKeyFile(path, home)
      try {
        return { key: keyFileId(fileKey), box: lock(fileKey, key, [context]) }
      } finally {
        wipe(fileKey)
      }
    },
    unwrap: async (wrapped, context) => {
      const { key, box } = readSealed(wrappedByFile, wrapped)
      const fileKey = readKeyFile(path, home)
      try {
        if (keyFileId(fileKey) !== key)
          throw new KeysError('seal-does-not-open', {
            nb: `${path} er en annen nøkkelfil enn den som ble brukt.`,
            en: `${path} is another key file than the one that was used.`,
          })
        return unlock(fileKey, box, [context])
      } finally {
        wipe(fileKey)
      }
    },
  })
}
