import { control } from '@hevd/core'

export const continuouslyMonitored = control('continuously-monitored')
