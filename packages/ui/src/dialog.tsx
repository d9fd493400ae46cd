import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

const text = words({ close: { nb: 'Lukk', en: 'Close' } })

export type DialogProps = {
  readonly open: boolean
  onClose(): void
  readonly title: string
  readonly description?: ReactNode
  readonly children?: ReactNode
}

/** Asks one thing above the page. Escape and a press outside leave it; focus returns to where it was. */
export function Dialog({ open, onClose, title, description, children }: DialogProps) {
  const said = useWords(text)
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Base.Viewport className="fixed inset-0 z-40 grid items-end overflow-y-auto overscroll-contain md:place-items-center md:p-8">
          <Base.Popup className="w-full max-w-xl rounded-t-xl border border-line bg-raised p-6 shadow-float md:rounded-xl md:p-8">
            <div className="flex items-start justify-between gap-4">
              <Base.Title className="text-xl font-semibold">{title}</Base.Title>
              <Base.Close
                aria-label={said.close}
                className="-mt-1 -mr-2 grid size-8 place-items-center rounded-md text-ink-2 hover:bg-paper-2"
              >
                <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
                  <path d="m3 3 10 10M13 3 3 13" stroke="currentColor" strokeWidth="1.5" />
                </svg>
              </Base.Close>
            </div>
            {description !== undefined && (
              <Base.Description className="mt-2 text-ink-2" render={<div />}>
                {description}
              </Base.Description>
            )}
            <div className="mt-6">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

/** The buttons that end a dialog: the step itself first, leaving last. */
export function DialogActions({ onClose, children }: { onClose(): void; readonly children: ReactNode }) {
  const said = useWords(leave)
  return (
    <div className="mt-8 flex flex-wrap items-center gap-3">
      {children}
      <Button weight="quiet" className="mx-0" onClick={onClose}>
        {said.cancel}
      </Button>
    </div>
  )
}

const leave = words({ cancel: { nb: 'Avbryt', en: 'Cancel' } })
