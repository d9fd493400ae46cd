import { loadVocabulary } from '@hevd/policy'
import { expect, test } from 'vitest'
import { readPolicy } from './read-policy.ts'

const vocabulary = await loadVocabulary()

/** What is read of a sentence: `control.parameter=value`, or `control.parameter?why` where none is proposed. */
function valuesOf(text: string): string[] {
  const language = /[æøå]|\b(er|og)\b/.test(text) ? 'nb' : 'en'
  const { sentences } = readPolicy({ name: 'page.md', bytes: Buffer.from(text) }, vocabulary, language)
  return sentences.flatMap(({ proposals }) =>
    proposals.flatMap(({ control, parameters }) =>
      parameters.map((each) =>
        each.value === null
          ? `${control}.${each.parameter}?${each.why}`
          : `${control}.${each.parameter}=${each.value}`,
      ),
    ),
  )
}

test.each([
  [
    'All of our staff complete security training within 30 days of hire and annually thereafter.',
    ['security-trained.trainWithin=P30D', 'security-trained.repeatEvery=P1Y'],
  ],
  [
    'The content of the security course is updated every year with the new threats that we have seen.',
    ['security-trained.reviewEvery=P1Y'],
  ],
  [
    'In the case of an involuntary termination, access to production is disabled within 15 minutes.',
    ['access-removed-at-termination.involuntaryWithin=PT15M'],
  ],
  [
    'Critical findings from the penetration test are fixed within 7 days, high within 30 days and all others within 90 days.',
    [
      'penetration-tested.criticalWithin=P7D',
      'penetration-tested.highWithin=P30D',
      'penetration-tested.othersWithin=P90D',
    ],
  ],
  [
    'We run penetration tests, and the backups are restored for a test every quarter.',
    ['storage-encrypted.restoreEvery=P3M'],
  ],
  ['We have the penetration tests that you expect from us, and the cat in our office is fed daily.', []],
  [
    'All staff accept our code of conduct and complete security training within 30 days of hire.',
    ['security-trained.trainWithin=P30D'],
  ],
  ['Firewall rules are reviewed every six months.', ['firewalls-reviewed.reviewEvery=P6M']],
  [
    'Access rights are reviewed quarterly; firewall rules are reviewed annually.',
    ['access-procedures.recertifyEvery=P3M', 'firewalls-reviewed.reviewEvery=P1Y'],
  ],
  [
    'We apply security patches within 14 days, and critical vulnerabilities are patched within 3 days.',
    ['patched.securityWithin?several'],
  ],
  [
    'When someone leaves the company, their access to production is revoked within 3 business days.',
    ['access-removed-at-termination.productionWithin?business-days'],
  ],
  ['When someone leaves the company, their access to the systems is revoked within 24 hours.', []],
  ['All of our customers are notified of an incident within 24 hours.', []],
  [
    'A breach of personal data is reported to the supervisory authority within 72 hours by us.',
    ['assessed-and-prepared.notifyWithin=PT72H'],
  ],
  [
    'Performance is monitored, and alerts are acknowledged or resolved within 4 hours.',
    ['performance-monitored.confirmWithin?shared', 'performance-monitored.resolveWithin?shared'],
  ],
  [
    'The traffic from the browser to our service is encrypted with TLS 1.2 by the load balancer.',
    ['encrypted-in-transit.minimumTlsVersion?bare-version'],
  ],
  [
    'The traffic from the browser to our service is encrypted with TLS 1.1 or newer by the load balancer.',
    ['encrypted-in-transit.minimumTlsVersion?not-an-option'],
  ],
  [
    'The penetration tests by the independent firm are done biannually.',
    ['penetration-tested.testEvery?ambiguous'],
  ],
  ['The encrypted backups of the database are kept for 30 days.', []],
  [
    'Changes to the code that we run in production are approved by at least two reviewers.',
    ['production-applications-restricted.reviewersRequired=2'],
  ],
  ['Changes to the code that we run in production are approved by another reviewer.', []],
  [
    'The root key of the vault is split between three of five custodians.',
    ['encryption-keys-restricted.rootKeyCustodians?range'],
  ],
  [
    'Laptops that our people use for work lock themselves after 5 minutes and get updates within 14 days.',
    ['endpoints-protected.screenLockWithin=PT5M', 'endpoints-protected.updatesWithin=P14D'],
  ],
  [
    'Alle våre ansatte får opplæring i informasjonssikkerhet innen 30 dager, og deretter to ganger årlig.',
    ['security-trained.trainWithin=P30D', 'security-trained.repeatEvery=P6M'],
  ],
  [
    'Når en ansatt slutter, er all tilgang til produksjon fjernet innen to virkedager.',
    ['access-removed-at-termination.productionWithin?business-days'],
  ],
  [
    'Ved fratredelse sperres tilgang til produksjon innen 4 timer, og øvrige tilganger innen ett døgn.',
    ['access-removed-at-termination.productionWithin=PT4H', 'access-removed-at-termination.othersWithin=P1D'],
  ],
  [
    'Vi har risikovurderinger, og gjenoppretting av sikkerhetskopier testes hver måned av driftsteamet.',
    ['storage-encrypted.restoreEvery=P1M'],
  ],
  ['Kundene våre blir alltid varslet om hendelser som angår dem, innen 24 timer.', []],
  [
    'Trafikken fra nettleseren til tjenesten er kryptert med TLS 1.2 eller nyere.',
    ['encrypted-in-transit.minimumTlsVersion=TLSv1.2'],
  ],
  [
    'Disker på utstyr slettes etter både NIST SP 800-88 og IEEE 2883 før de avhendes av oss.',
    ['disposal-erased.acceptedStandards=NIST SP 800-88,IEEE 2883'],
  ],
])('%s', (text, values) => expect(valuesOf(text).sort()).toEqual([...values].sort()))
