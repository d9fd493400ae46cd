import manifest from '../package.json' with { type: 'json' }

/** Of this Hevd. */
export const version: string = manifest.version
