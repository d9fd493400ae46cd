/** A package source as `apt-get indextargets` describes it. Empty where the list was never fetched. */
export type AptSource = {
  readonly uri: string
  readonly release: string
  readonly component: string
  readonly label: string
  readonly suite: string
  readonly codename: string
}

/** The form that `apt-get indextargets --format` is asked for; {@link parseSources} reads it. */
export const sourceFormat = '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(LABEL)|$(SUITE)|$(CODENAME)'

export function parseSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const [uri = '', release = '', component = '', label = '', suite = '', codename, ...rest] = line
      .split('|')
      .map(known)
    if (uri === '' || codename === undefined || rest.length > 0) return []
    return [{ uri, release, component, label, suite, codename }]
  })
}

/** apt leaves `$(NAME)` standing where it knows nothing. */
function known(field: string): string {
  return field.startsWith('$(') ? '' : field
}

/** Whether a source is where its distribution publishes security updates. */
export function carriesSecurity({ label, release, suite, codename }: AptSource): boolean {
  if (label === 'Debian-Security') return true
  return [release, suite, codename].some((name) => /(^|[-/])security$/.test(name.replace(/\/updates$/, '')))
}

/** One version of a package, newest first in its table. `from` names sources as `apt-cache policy` does. */
type Version = { readonly version: string; readonly installed: boolean; readonly from: readonly string[] }
type Policy = { readonly name: string; readonly candidate: string; readonly versions: readonly Version[] }

/** Version tables of `apt-cache policy PACKAGE…`; what is in another form is left out. */
export function parsePolicies(text: string): Policy[] {
  const policies: { name: string; candidate: string; versions: Version[] }[] = []
  for (const line of text.split('\n')) {
    const head = /^(\S+):$/.exec(line)
    if (head?.[1] !== undefined) policies.push({ name: head[1], candidate: '', versions: [] })
    const current = policies.at(-1)
    if (current === undefined) continue
    const candidate = /^ {2}Candidate: (\S+)$/.exec(line)
    if (candidate?.[1] !== undefined) current.candidate = candidate[1]
    const version = /^ (\*\*\*| {3}) (\S+) -?\d+( \(phased \d+%\))?$/.exec(line)
    if (version?.[2] !== undefined)
      current.versions.push({ version: version[2], installed: version[1] === '***', from: [] })
    const source = /^ {8} *-?\d+ (\S+ \S+)( \S+ Packages)?$/.exec(line)
    const last = current.versions.pop()
    if (last !== undefined)
      current.versions.push(source?.[1] === undefined ? last : { ...last, from: [...last.from, source[1]] })
  }
  return policies
}

export type Update = {
  readonly package: string
  readonly installed: string
  readonly candidate: string
  readonly security: boolean
}

/**
 * Updates that the sources offer. The candidate counts, and so does a newer version from a security source that a pin
 * or a hold keeps from being the candidate. `security` is whether any version passed over on the way is one, since a
 * later ordinary release contains it.
 */
export function updatesIn(policies: readonly Policy[], sources: readonly AptSource[]): Update[] {
  const secure = new Set(
    sources
      .filter(carriesSecurity)
      .map(
        ({ uri, release, component }) =>
          `${uri.replace(/\/+$/, '')} ${release}${component && `/${component}`}`,
      ),
  )
  return policies.flatMap(({ name, candidate, versions }) => {
    const at = versions.findIndex(({ installed }) => installed)
    const installed = versions[at]?.version
    if (installed === undefined) return []
    const newer = versions.slice(0, at)
    const security = newer.filter(({ from }) => from.some((source) => secure.has(source)))
    const offered = newer.find(({ version }) => version === candidate) ?? security[0]
    return offered === undefined
      ? []
      : [{ package: name, installed, candidate: offered.version, security: security.length > 0 }]
  })
}
