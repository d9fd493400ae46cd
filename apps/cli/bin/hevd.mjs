#!/usr/bin/env node
// Starts the command line with Node 24, which the locked platform package brings; older ones cannot run TypeScript.
import { spawn } from 'node:child_process'
import { createRequire, enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

const wanted = 24
const major = (version) => Number(version.replace(/^v/, '').split('.')[0])

if (major(process.version) >= wanted) {
  // node:sqlite is a release candidate in Node 24; its warning says nothing to whoever runs Hevd.
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (warning.name !== 'ExperimentalWarning') console.error(`${warning.name}: ${warning.message}`)
  })
  // Code that was compiled before starts in half the time; it lies where only the owner of Hevd's own code may write.
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/hevd', import.meta.url)))
  await import('../src/main.ts')
} else {
  const node = bundledNode()
  if (node === null) {
    console.error(
      `Hevd needs Node ${wanted} or newer; this is ${process.version}, and there is no Node of Hevd's own for`,
    )
    console.error(`${process.platform}-${process.arch}. Install Node ${wanted} and run the command again.`)
    process.exit(2)
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  // The terminal sends Ctrl C to both; what is sent to us alone is handed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(2)
  })
  child.on('exit', (status, signal) => {
    if (signal) process.kill(process.pid, signal)
    process.exit(status ?? 2)
  })
}

function bundledNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`)
  } catch {
    return null
  }
}
