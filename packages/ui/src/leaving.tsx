import { useBlocker } from '@tanstack/react-router'
import { Button } from './button.tsx'
import { Dialog, DialogActions } from './dialog.tsx'
import { useWords } from './locale.tsx'
import { words } from './words.ts'

const text = words({
  title: { nb: 'Forlate siden uten å lagre?', en: 'Leave without saving?' },
  what: {
    nb: 'Det du har skrevet, er ikke lagret. Forlater du siden, er det borte.',
    en: 'What you wrote is not saved. If you leave the page, it is gone.',
  },
  leave: { nb: 'Forlat siden', en: 'Leave the page' },
})

/** Asks before a page with work that is not saved is left, also by closing the window. */
export function AskBeforeLeaving({ unsaved }: { readonly unsaved: boolean }) {
  const said = useWords(text)
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  })
  if (leaving.status !== 'blocked') return null
  const { proceed, reset } = leaving
  return (
    <Dialog open onClose={reset} title={said.title} description={said.what}>
      <DialogActions onClose={reset}>
        <Button weight="grave" onClick={proceed}>
          {said.leave}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
