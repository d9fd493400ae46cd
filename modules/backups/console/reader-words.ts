import type { ReaderState } from '@hevd/backups/contract'
import { words } from '@hevd/ui'

export const readerStateWords = words({
  asked: { nb: 'venter på godkjenning', en: 'waits for approval' },
  refused: { nb: 'avslått', en: 'refused' },
  'to-come': { nb: 'godkjent', en: 'approved' },
  'in-force': { nb: 'kan lese', en: 'can read' },
  over: { nb: 'gått ut', en: 'over' },
  ended: { nb: 'avsluttet', en: 'ended' },
} satisfies Record<ReaderState, unknown>)
