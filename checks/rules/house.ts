import { type Fault, linesThat, sources } from '../sources.ts'

const longest = 400

/** House rules of code that a machine can see: length, clocks, environment, left-overs, the repository's own words. */
export function house(): Fault[] {
  const code = sources('.ts', '.tsx', '.mts', '.mjs').filter(({ path }) => !path.startsWith('checks/'))
  const product = code.filter(
    ({ path }) =>
      !/\.test\.tsx?$|(^|\/)(testdata|bench|gallery)\/|packages\/testing\/|(^|\/)(config|clock)\.ts$|\/bin\//.test(
        path,
      ),
  )
  const everything = sources('.ts', '.tsx', '.mjs', '.md', '.yaml', '.sql', '.json', '.css', '.html').filter(
    ({ path }) => path !== 'package-lock.json',
  )
  return [
    ...code
      .filter(({ text }) => text.split('\n').length > longest)
      .map(({ path }) => ({ path, line: longest, what: `over ${longest} lines: it is two things` })),
    ...product.flatMap((source) =>
      linesThat(
        source,
        /new Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)/,
        'time and randomness are arguments',
      ),
    ),
    ...product.flatMap((source) =>
      linesThat(source, /\bprocess\.env\b/, 'the environment is read in config.ts alone'),
    ),
    ...code.flatMap((source) =>
      linesThat(source, /@ts-(ignore|expect-error|nocheck)|biome-ignore/, 'needs a better type'),
    ),
    ...code.flatMap((source) =>
      linesThat(
        source,
        /\b(it|test|describe)\.(skip|only|todo|fails)\b|\b(skipIf|runIf)\b/,
        'a skipped test is a failed test',
      ),
    ),
    ...everything
      .filter(({ path }) => !path.startsWith('checks/'))
      .flatMap((source) => linesThat(source, /\b(TODO|FIXME|XXX|HACK)\b/, 'left for later')),
    ...everything
      .filter(({ path }) => !path.startsWith('checks/'))
      .flatMap((source) =>
        linesThat(source, /\/(work|farm)\/[a-z.]|:\/\/registry\./, 'not for the repository'),
      ),
  ]
}
