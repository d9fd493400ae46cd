import { spawn } from 'node:child_process'
import { boundaries } from './rules/boundaries.ts'
import { documents } from './rules/documents.ts'
import { house } from './rules/house.ts'
import { words } from './rules/words.ts'
import { type Fault, root } from './sources.ts'

/** `npm run check`: types, lint, module boundaries and the house rules. Prints each fault; exits 1 on any. */
const commands: readonly (readonly [string, ...string[]])[] = [
  ['tsc', '--noEmit', '-p', 'tsconfig.json'],
  ['tsc', '--noEmit', '-p', 'tsconfig.browser.json'],
  ['biome', 'ci', '--colors=off', '--max-diagnostics=50', '.'],
]
const rules: readonly [string, () => Fault[]][] = [
  ['boundaries', boundaries],
  ['house rules', house],
  ['documents', documents],
  ['words', words],
]

let green = true
for (const [name, rule] of rules) {
  const faults = rule()
  for (const { path, line, what } of faults) console.log(`${path}:${line} ${what}`)
  report(name, faults.length === 0)
}
await Promise.all(
  commands.map(async ([command, ...args]) => {
    const { status, output } = await run(command, args)
    if (status !== 0) console.log(output)
    report([command, ...args].join(' '), status === 0)
  }),
)
process.exitCode = green ? 0 : 1

function report(name: string, ok: boolean): void {
  green &&= ok
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`)
}

function run(command: string, args: readonly string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('close', (status) => done({ status, output }))
  })
}
