#!/usr/bin/env node
// Starts the command line with Node 24, which the locked platform package brings; older ones cannot run TypeScript.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

const wanted = 24
const major = (version) => Number(version.replace(/^v/, '').split('.')[0])

if (major(process.version) >= wanted) {
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
  const { status, signal, error } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
  if (error) console.error(error.message)
  if (signal) process.kill(process.pid, signal)
  process.exit(status ?? 2)
}

function bundledNode() {
  try {
    return createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/bin/node`)
  } catch {
    return null
  }
}
