import { control } from '@hevd/core'

export const intrusionDetection = control('intrusion-detection')
