import type { Bilingual } from '@hevd/core'

/** Words of `hevd backups --help` and of the help of each of its commands. */
export const backupsHelp = {
  backups: {
    nb: 'Sikkerhetskopier av databaser og mapper, kryptert slik at verten selv ikke kan lese dem.',
    en: 'Backups of databases and folders, encrypted so that the host itself cannot read them.',
  },
  backupsMore: {
    nb: [
      'Slik kommer du i gang:',
      '  hevd backups keygen --out nøkkel.identity    nøkkelen som kan lese; ta den bort',
      '  hevd backups init --to /mnt/kopier --postgres own --recipient age1…',
      '  hevd backups run                             ta en sikkerhetskopi nå',
      '  hevd backups keep                            ta dem fortløpende («unit» for systemd)',
      '',
      'Innstillingene ligger i <HEVD_HOME>/backups.json. Avslutter med 0: som det skal',
      'være, 1: noe gikk galt, 2: kunne ikke kjøre.',
    ].join('\n'),
    en: [
      'How to begin:',
      '  hevd backups keygen --out key.identity       the key that can read; take it away',
      '  hevd backups init --to /mnt/backups --postgres own --recipient age1…',
      '  hevd backups run                             make a backup now',
      '  hevd backups keep                            go on making them (“unit” for systemd)',
      '',
      'Its settings lie in <HEVD_HOME>/backups.json. Exits with 0: as it should be,',
      '1: something went wrong, 2: could not run.',
    ].join('\n'),
  },
  keygen: {
    nb: 'Lager et nøkkelpar: identiteten som kan lese, og mottakeren det krypteres til.',
    en: 'Makes a pair of keys: the identity that can read, the recipient to encrypt to.',
  },
  out: {
    nb: 'filen identiteten skrives til, 0600; «-» er standard ut',
    en: 'file the identity is written to, 0600; “-” is standard output',
  },
  init: {
    nb: 'Lager backups.json med en første plan, og arkivet på lagringsstedet.',
    en: 'Makes backups.json with a first plan, and the repository at the target.',
  },
  to: {
    nb: '/mappe, sftp://bruker@vert/mappe eller s3://bøtte/mappe',
    en: '/folder, sftp://user@host/folder or s3://bucket/folder',
  },
  targetName: { nb: 'navnet på lagringsstedet', en: 'the name of the target' },
  hostKey: {
    nb: 'sftp: fingeravtrykket av tjenerens nøkkel, SHA256:…',
    en: 'sftp: fingerprint of the server’s key, SHA256:…',
  },
  keyFile: { nb: 'sftp: filen med privatnøkkelen', en: 'sftp: file of the private key' },
  endpoint: {
    nb: 's3: adressen, som https://s3.eu-north-1.amazonaws.com',
    en: 's3: the address, such as https://s3.eu-north-1.amazonaws.com',
  },
  region: { nb: 's3: regionen', en: 's3: the region' },
  credentials: {
    nb: 's3: filen med tilgangsnøkkelen, som ~/.aws/credentials',
    en: 's3: file of the access key, such as ~/.aws/credentials',
  },
  postgres: {
    nb: '«own» (Hevds egen database), en adresse uten passord, eller «-» for standard inn',
    en: '“own” (Hevd’s own database), an address without password, or “-” for standard input',
  },
  folder: { nb: 'mappen som skal sikkerhetskopieres', en: 'the folder to back up' },
  exclude: { nb: 'det som ikke tas med; kan gjentas', en: 'what is left out; may be repeated' },
  recipient: { nb: 'hvem som kan lese, age1…; kan gjentas', en: 'who can read, age1…; may be repeated' },
  name: { nb: 'navnet på planen og kilden', en: 'name of the plan and the source' },
  full: { nb: 'tiden mellom fulle kopier', en: 'time between full ones' },
  incremental: {
    nb: 'tiden mellom endringene (mappe P1D, database PT5M)',
    en: 'time between changes (folder P1D, database PT5M)',
  },
  keepWithin: { nb: 'behold alt som er yngre enn dette', en: 'keep all that is younger than this' },
  keepAtLeast: {
    nb: 'arkivet lar ingenting slettes før dette; kan heves, aldri senkes',
    en: 'the repository lets nothing go before this; can be raised, never lowered',
  },
  initMore: {
    nb: [
      'Finnes arkivet fra før, brukes det som det er. Et passord hører ikke hjemme på',
      'kommandolinjen: skriv adressen til databasen på standard inn med --postgres -.',
    ].join('\n'),
    en: [
      'A repository that is there already is used as it is. A password does not belong on',
      'the command line: write the database’s address to standard input, --postgres -.',
    ].join('\n'),
  },
  add: { nb: 'Legger til en plan i backups.json.', en: 'Adds a plan to backups.json.' },
  remove: {
    nb: 'Tar en plan ut av backups.json. Kopiene blir liggende.',
    en: 'Takes a plan out of backups.json. Its backups stay.',
  },
  plan: { nb: 'navnet på planen', en: 'name of the plan' },
  run: {
    nb: 'Tar sikkerhetskopier nå: av planene som nevnes, ellers alle.',
    en: 'Makes backups now: of the plans named, of all otherwise.',
  },
  plans: { nb: 'planer', en: 'plans' },
  fullNow: { nb: 'full kopi, også om den ikke er på tide', en: 'a full one, though it is not due' },
  keep: {
    nb: 'Tar sikkerhetskopier når de er på tide, til den blir bedt om å stoppe.',
    en: 'Makes backups when they are due, until it is told to stop.',
  },
  keepMore: {
    nb: [
      'Arkiverer databasers WAL fortløpende, rydder etter reglene og gjør øvelsene.',
      'Sier én JSON-linje for hver merkbare ting. «hevd up» kjører den selv når',
      'backups.json finnes.',
    ].join('\n'),
    en: [
      'Archives the WAL of databases continuously, prunes by the rules and does the',
      'drills. Says one line of JSON per notable thing. “hevd up” runs it by itself where',
      'there is a backups.json.',
    ].join('\n'),
  },
  list: { nb: 'Viser sikkerhetskopiene som finnes.', en: 'Shows the backups that there are.' },
  source: { nb: 'kilden', en: 'the source' },
  sources: { nb: 'kilder; ellers alle', en: 'sources; all otherwise' },
  target: { nb: 'lagringsstedet, slik det heter i backups.json', en: 'the target, as backups.json names it' },
  in: {
    nb: 'mappen arkivet ligger i; uten backups.json',
    en: 'the folder the repository lies in; without backups.json',
  },
  status: {
    nb: 'Sier om hver plan holdes, hva som kan gjenopprettes, og hvem som kan lese.',
    en: 'Says whether each plan is kept, what can be restored, and who can read it.',
  },
  check: {
    nb: 'Kontrollerer at filene er age-filer, hele og uendret. Trenger ingen identitet.',
    en: 'Checks that the files are age files, whole and unchanged. Needs no identity.',
  },
  all: { nb: 'alle kopiene, ikke bare den siste', en: 'all backups, not the last alone' },
  checkMore: {
    nb: 'Sier ikke at innholdet kan gjenopprettes; det gjør «hevd backups drill».',
    en: 'Does not say that the content can be restored; “hevd backups drill” does.',
  },
  restore: {
    nb: 'Gjenoppretter en kilde til en ny mappe.',
    en: 'Restores a source into a new folder.',
  },
  identity: { nb: 'fil med identiteten, 0600', en: 'file of the identity, 0600' },
  into: { nb: 'en mappe som ikke finnes, eller er tom', en: 'a folder that is not there, or empty' },
  at: {
    nb: 'slik det var da, som 2026-11-26T08:30:00+01:00',
    en: 'as it was then, such as 2026-11-26T08:30:00+01:00',
  },
  backup: { nb: 'denne sikkerhetskopien', en: 'this backup' },
  drill: {
    nb: 'Øver: gjenoppretter til en midlertidig tjener eller mappe, sammenligner og rydder bort.',
    en: 'Drills: restores into a throwaway server or folder, compares, and clears away.',
  },
  scratch: {
    nb: 'mappe med plass til alt; ellers under HEVD_HOME',
    en: 'folder with room for all of it; under HEVD_HOME otherwise',
  },
  prune: {
    nb: 'Fjerner det som reglene i planen ikke beholder.',
    en: 'Removes what the rules of the plan do not keep.',
  },
  dryRun: { nb: 'vis bare hva som ville blitt fjernet', en: 'only show what would be removed' },
  reencrypt: {
    nb: 'Krypterer kildens kopier på nytt, til nye mottakere. Kan avbrytes og kjøres igjen.',
    en: 'Encrypts a source’s backups anew to new recipients. May be broken off and run again.',
  },
  toRecipient: { nb: 'ny mottaker, age1…; kan gjentas', en: 'new recipient, age1…; may be repeated' },
  reencryptMore: {
    nb: [
      'Den som hadde en identitet, kan ha tatt vare på det han leste; ny kryptering tar',
      'bare bort det som ligger på lagringsstedet. Bytt også mottaker i backups.json.',
    ].join('\n'),
    en: [
      'Who had an identity may have kept what was read; this takes away only what lies at',
      'the target. Change the recipient in backups.json too.',
    ].join('\n'),
  },
  unit: {
    nb: 'Skriver en systemd-tjeneste for «hevd backups keep».',
    en: 'Prints a systemd service for “hevd backups keep”.',
  },
} as const satisfies Record<string, Bilingual>
