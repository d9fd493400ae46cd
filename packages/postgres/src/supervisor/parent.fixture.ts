import { PostgresError } from '../errors.ts'
import { type SuperviseConfig, supervise } from './supervise.ts'

/**
 * A parent of its own for the tests to kill. Argument: JSON of {@link ParentRequest}. Prints one line of JSON,
 * {@link ParentReport}, and then lives until its standard input ends, at which it stops the server and exits.
 */
export type ParentRequest = Omit<SuperviseConfig, 'report'> & { readonly uid?: number; readonly gid?: number }

export type ParentReport =
  | { readonly failed: { readonly code: string; readonly message: string } }
  | {
      readonly failed?: undefined
      readonly ownerUrl: string
      readonly runtimeUrl: string
      readonly adminUrl: string
      readonly version: string
      readonly pid: number
      readonly adopted: boolean
    }

const request: ParentRequest = JSON.parse(process.argv[2] ?? '{}')
if (request.gid !== undefined) {
  process.setgroups?.([])
  process.setgid?.(request.gid)
}
if (request.uid !== undefined) process.setuid?.(request.uid)

const say = (report: ParentReport) => process.stdout.write(`${JSON.stringify(report)}\n`)

try {
  const { stop, pid, ...running } = await supervise(request)
  say({ ...running, pid: pid() })
  process.stdin.resume()
  process.stdin.on('end', () => stop().then(() => process.exit(0)))
} catch (error) {
  const code = error instanceof PostgresError ? error.code : 'unexpected'
  say({ failed: { code, message: String(error) } })
}
