/** Routes that look at the caller's key token themselves. A token is too long to be guessed, so calls are not counted. */
export const throughToken = { config: { access: 'key-token', rateLimit: false } } as const
/** Routes that anybody may ask, as with Vault: whether there is a vault here, and whether it is open. */
export const open = { config: { access: 'public', rateLimit: false } } as const
