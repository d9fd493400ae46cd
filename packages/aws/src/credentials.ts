import type { AwsKmsConfig } from '../config.ts'
import { notValid, readSetting } from '../secret.ts'
import type { AwsCredentials } from './sigv4.ts'

/** The credentials as they are now. Throws `seal-not-valid` where the file or the profile in it lacks them. */
export function awsCredentials(given: AwsKmsConfig['credentials']): AwsCredentials {
  if ('id' in given) return given
  const profile = profileIn(readSetting(given.file), given.profile)
  const id = profile.get('aws_access_key_id')
  const secret = profile.get('aws_secret_access_key')
  if (id === undefined || secret === undefined)
    throw notValid(
      `Profilen ${given.profile} i ${given.file} mangler aws_access_key_id eller aws_secret_access_key.`,
      `The profile ${given.profile} in ${given.file} lacks aws_access_key_id or aws_secret_access_key.`,
    )
  return { id, secret, session: profile.get('aws_session_token') ?? null }
}

/** Settings of one profile ("Configuration and credential file settings in the AWS CLI"). */
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
