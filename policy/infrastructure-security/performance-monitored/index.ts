import { control } from '@hevd/core'

export const performanceMonitored = control('performance-monitored')
