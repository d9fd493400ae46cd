import { listed, reason } from '@hevd/core'
import { updateReasons } from '../../updates.ts'

export const reasons = {
  ...updateReasons,
  'reboot-state-missing': reason({
    nb: () => 'Agenten har ikke sagt om serveren venter på omstart.',
    en: () => 'The agent has not said whether the server waits for a restart.',
  }),
  'reboot-overdue': reason<{ because: readonly string[] }>({
    nb: ({ because }) => `Har ventet for lenge på omstart (${listed('nb', because)}).`,
    en: ({ because }) => `Has waited too long for a restart (${listed('en', because)}).`,
  }),
}
