import { listed, plural, reason } from '@hevd/core'

export const reasons = {
  'updates-overdue': reason<{ packages: readonly string[] }>({
    nb: ({ packages }) =>
      `${packages.length} ${plural(packages.length, 'sikkerhetsoppdatering', 'sikkerhetsoppdateringer')} har ventet for lenge: ${listed('nb', packages)}.`,
    en: ({ packages }) =>
      `${packages.length} security ${plural(packages.length, 'update has', 'updates have')} waited too long: ${listed('en', packages)}.`,
  }),
  'no-security-source': reason({
    nb: () => 'Ingen pakkekilde gir sikkerhetsoppdateringer. Legg til leverandørens kilde for dem.',
    en: () => 'No package source carries security updates. Add the vendor’s source for them.',
  }),
  'package-lists-missing': reason({
    nb: () => 'Vi kjenner ikke pakkekildene på serveren, så vi vet ikke hva som venter.',
    en: () => 'We do not know the host’s package sources, so we do not know what is waiting.',
  }),
  'package-lists-old': reason({
    nb: () => 'Pakkelistene er for gamle til å kjenne nye oppdateringer. Kjør «apt-get update».',
    en: () => 'The package lists are too old to know of new updates. Run “apt-get update”.',
  }),
  'reboot-state-missing': reason({
    nb: () => 'Agenten har ikke sagt om serveren venter på omstart.',
    en: () => 'The agent has not said whether the server waits for a restart.',
  }),
  'reboot-overdue': reason<{ because: readonly string[] }>({
    nb: ({ because }) => `Har ventet for lenge på omstart (${listed('nb', because)}).`,
    en: ({ because }) => `Has waited too long for a restart (${listed('en', because)}).`,
  }),
}
