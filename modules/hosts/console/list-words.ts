import { words } from '@hevd/ui'

/** What an imported list is of. */
export const listWords = words({
  hosts: { nb: 'Maskiner', en: 'Machines' },
  volumes: { nb: 'Disker hos leverandør', en: 'Provider’s disks' },
  devices: { nb: 'Enheter i enhetsstyring', en: 'Managed devices' },
})
