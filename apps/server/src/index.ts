export { readConfig, type ServerConfig } from './config.ts'
export { openServerDatabase } from './database.ts'
export { ServerError } from './errors.ts'
export { type Server, type ServerDeps, startServer } from './server.ts'
