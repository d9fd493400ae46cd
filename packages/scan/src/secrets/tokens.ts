import type { Detector } from '../detector.ts'
import { entropy } from './entropy.ts'
import { isPlaceholder } from './placeholder.ts'

type Row = {
  readonly id: string
  readonly title: string
  /** What every one holds, in small letters. */
  readonly needs: readonly string[]
  readonly pattern: RegExp
}

/** Tokens that their issuers mark with a prefix, as each issuer documents them. */
const rows: readonly Row[] = [
  {
    id: 'aws-access-key',
    title: 'AWS access key',
    needs: ['akia', 'asia'],
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/g,
  },
  {
    id: 'github-token',
    title: 'GitHub token',
    needs: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    pattern: /(?<![A-Za-z0-9])gh[opusr]_[A-Za-z0-9]{36,255}(?![A-Za-z0-9])/g,
  },
  {
    id: 'github-fine-grained-token',
    title: 'GitHub fine-grained token',
    needs: ['github_pat_'],
    pattern: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/g,
  },
  {
    id: 'gitlab-token',
    title: 'GitLab token',
    needs: ['glpat-', 'gldt-', 'glrt-', 'glptt-'],
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,300}/g,
  },
  {
    id: 'slack-token',
    title: 'Slack token',
    needs: ['xox'],
    pattern: /(?<![A-Za-z0-9])xox[abeoprs]-[0-9A-Za-z-]{20,250}/g,
  },
  {
    id: 'slack-webhook',
    title: 'Slack webhook',
    needs: ['hooks.slack.com/'],
    pattern:
      /hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9]{8,14}\/[A-Za-z0-9]{8,14}\/[A-Za-z0-9/]{16,80}/g,
  },
  {
    id: 'stripe-key',
    title: 'Stripe key',
    needs: ['sk_live_', 'rk_live_'],
    pattern: /(?<![A-Za-z0-9])[sr]k_live_[A-Za-z0-9]{16,200}/g,
  },
  {
    id: 'stripe-webhook-secret',
    title: 'Stripe webhook secret',
    needs: ['whsec_'],
    pattern: /(?<![A-Za-z0-9])whsec_[A-Za-z0-9+/=]{24,100}/g,
  },
  {
    id: 'google-api-key',
    title: 'Google API key',
    needs: ['aiza'],
    pattern: /(?<![A-Za-z0-9])AIza[0-9A-Za-z_-]{35}(?![0-9A-Za-z_-])/g,
  },
  {
    id: 'google-oauth-secret',
    title: 'Google OAuth client secret',
    needs: ['gocspx-'],
    pattern: /(?<![A-Za-z0-9])GOCSPX-[0-9A-Za-z_-]{28}(?![0-9A-Za-z_-])/g,
  },
  {
    id: 'sendgrid-key',
    title: 'SendGrid key',
    needs: ['sg.'],
    pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'mailgun-key',
    title: 'Mailgun key',
    needs: ['key-'],
    pattern: /(?<![A-Za-z0-9-])key-[0-9a-f]{32}(?![A-Za-z0-9])/g,
  },
  {
    id: 'twilio-key',
    title: 'Twilio API key',
    needs: ['sk'],
    pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/g,
  },
  {
    id: 'npm-token',
    title: 'npm token',
    needs: ['npm_'],
    pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g,
  },
  {
    id: 'pypi-token',
    title: 'PyPI token',
    needs: ['pypi-'],
    pattern: /(?<![A-Za-z0-9])pypi-[A-Za-z0-9_-]{50,300}/g,
  },
  {
    id: 'docker-token',
    title: 'Docker Hub token',
    needs: ['dckr_'],
    pattern: /(?<![A-Za-z0-9])dckr_(?:pat|oat)_[A-Za-z0-9_-]{27,60}/g,
  },
  {
    id: 'anthropic-key',
    title: 'Anthropic key',
    needs: ['sk-ant-'],
    pattern: /(?<![A-Za-z0-9])sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{20,200}/g,
  },
  {
    id: 'openai-key',
    title: 'OpenAI key',
    needs: ['sk-'],
    pattern:
      /(?<![A-Za-z0-9-])sk-(?!ant-)(?:proj-|svcacct-|admin-|or-v1-)?[A-Za-z0-9_]{20,250}[A-Za-z0-9_-]{0,100}/g,
  },
  {
    id: 'hugging-face-token',
    title: 'Hugging Face token',
    needs: ['hf_'],
    pattern: /(?<![A-Za-z0-9])hf_[A-Za-z]{34}(?![A-Za-z0-9])/g,
  },
  {
    id: 'vault-token',
    title: 'Vault token',
    needs: ['hvs.', 'hvb.', 'hvr.'],
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{24,300}/g,
  },
  {
    id: 'digitalocean-token',
    title: 'DigitalOcean token',
    needs: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}(?![A-Za-z0-9])/g,
  },
  {
    id: 'shopify-token',
    title: 'Shopify token',
    needs: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
    pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}(?![A-Za-z0-9])/g,
  },
  {
    id: 'square-token',
    title: 'Square token',
    needs: ['sq0atp-', 'sq0csp-'],
    pattern: /(?<![A-Za-z0-9])sq0(?:atp-[0-9A-Za-z_-]{22}|csp-[0-9A-Za-z_-]{43})(?![0-9A-Za-z_-])/g,
  },
  {
    id: 'telegram-token',
    title: 'Telegram bot token',
    needs: [':aa'],
    pattern: /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])/g,
  },
  {
    id: 'atlassian-token',
    title: 'Atlassian token',
    needs: ['atatt3', 'atctt3'],
    pattern: /(?<![A-Za-z0-9])AT(?:A|C)TT3[A-Za-z0-9_=-]{50,300}/g,
  },
  {
    id: 'grafana-token',
    title: 'Grafana token',
    needs: ['glsa_', 'glc_'],
    pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/=]{32,300})/g,
  },
  {
    id: 'terraform-token',
    title: 'Terraform Cloud token',
    needs: ['.atlasv1.'],
    pattern: /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,80}/g,
  },
]

/** Random enough for what its issuer draws: no run of one letter, no “your_token_here”. */
function isDrawn(match: string): boolean {
  return entropy(match) >= 3 && !isPlaceholder(match)
}

export const tokens: readonly Detector[] = rows.map(({ id, title, needs, pattern }) => ({
  id,
  kind: 'secret',
  title: { nb: title, en: title },
  because: 'its issuer’s prefix, length and alphabet',
  when: { text: needs },
  patterns: [pattern],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(pattern))
      if (isDrawn(match)) seen.found(index, index + match.length, 'high')
  },
}))

const fortyCharacters = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g

/** AWS' secret keys have no prefix: forty random characters where the column or the text speaks of AWS. */
export const awsSecretKey: Detector = {
  id: 'aws-secret-key',
  kind: 'secret',
  title: { nb: 'AWS secret key', en: 'AWS secret key' },
  because: 'forty random characters of base64, in a text or column that speaks of AWS',
  when: { text: ['aws', 'akia', 'asia', 'secret_access_key', 'secretaccesskey'], topics: ['aws'] },
  patterns: [fortyCharacters],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(fortyCharacters))
      if (!/^[0-9a-f]{40}$/i.test(match) && entropy(match) >= 3.8)
        seen.found(index, index + match.length, 'high')
  },
}

const thirtyTwoHex = /(?<![A-Za-z0-9])[0-9a-f]{32}(?![A-Za-z0-9])/g

export const twilioAuthToken: Detector = {
  id: 'twilio-auth-token',
  kind: 'secret',
  title: { nb: 'Twilio auth token', en: 'Twilio auth token' },
  because: '32 hexadecimal digits in a text or column that speaks of Twilio',
  when: { text: ['twilio'], topics: ['twilio'] },
  patterns: [thirtyTwoHex],
  look(text, _lower, _context, seen) {
    for (const { 0: match, index } of text.matchAll(thirtyTwoHex))
      if (entropy(match) >= 3) seen.found(index, index + match.length, 'medium')
  },
}
