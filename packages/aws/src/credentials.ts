export type AwsCredentials = { readonly id: string; readonly secret: string; readonly session: string | null }

/**
 * The credentials of a profile in the text of a credentials file ("Configuration and credential file settings in the AWS
 * CLI"); null where the profile is not there or lacks `aws_access_key_id` or `aws_secret_access_key`.
 */
export function credentialsIn(text: string, profile: string): AwsCredentials | null {
  const settings = profileIn(text, profile)
  const id = settings.get('aws_access_key_id')
  const secret = settings.get('aws_secret_access_key')
  if (id === undefined || secret === undefined) return null
  return { id, secret, session: settings.get('aws_session_token') ?? null }
}

function profileIn(text: string, wanted: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  let profile = ''
  for (const line of text.split(/\r?\n/)) {
    const [, named] = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line) ?? []
    const [, name, value] = /^\s*([^#;=[\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (named !== undefined) profile = named
    else if (profile === wanted && name !== undefined && value !== undefined)
      settings.set(name.toLowerCase(), value)
  }
  return settings
}
