/** What the command line reads of its environment; each command parses what it needs of it once. */
export const environment: NodeJS.ProcessEnv = process.env
