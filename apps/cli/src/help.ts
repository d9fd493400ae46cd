import type { Bilingual } from '@hevd/core'

/** Words of `hevd --help` and of the help of each command. */
export const help = {
  hevd: {
    nb: 'En sikkerhetspolicy som håndhever, tester og beviser seg selv.',
    en: 'A security policy that enforces, tests and proves itself.',
  },
  lang: { nb: 'språk; ellers terminalens', en: 'language; the terminal’s otherwise' },
  json: { nb: 'skriv JSON for programmer', en: 'write JSON for programs' },
  afterError: { nb: '(«hevd --help» viser alle kommandoer)', en: '(“hevd --help” lists all commands)' },
  examples: {
    nb: [
      'Eksempler:',
      '  hevd up                       start alt på denne maskinen',
      '  hevd check                    hvordan står det til på denne verten akkurat nå?',
      '  hevd verify https://hevd.example.org/trust --key …',
      '  hevd verify PAKKE.zip --key …  stemmer revisors pakke?',
      '  hevd ledger verify            er loggene urørt?',
      '  hevd agent status             hva leser og sender agenten på denne verten?',
      '  hevd policy read FIL          hvilke kontroller hører sikkerhetssiden vår til?',
      '  hevd keys status              er nøkkelhvelvet åpent?',
      '  hevd data scan /var/log       ligger det hemmeligheter eller personnumre i loggene?',
      '  hevd backups status           tas sikkerhetskopiene, og hva kan gjenopprettes?',
    ].join('\n'),
    en: [
      'Examples:',
      '  hevd up                       start everything on this machine',
      '  hevd check                    how does this host stand right now?',
      '  hevd verify https://hevd.example.org/trust --key …',
      '  hevd verify BUNDLE.zip --key …  is the auditor’s bundle sound?',
      '  hevd ledger verify            are the logs untouched?',
      '  hevd agent status             what does the agent on this host read and send?',
      '  hevd policy read FILE         which controls does our security page belong to?',
      '  hevd keys status              is the key vault open?',
      '  hevd data scan /var/log       do secrets or personal numbers lie in the logs?',
      '  hevd backups status           are the backups made, and what can be restored?',
    ].join('\n'),
  },
  up: {
    nb: 'Starter tjener, konsoll, database og agenten for denne verten, og skriver adressen.',
    en: 'Starts server, console, database and the agent for this host, and prints the address.',
  },
  newLink: {
    nb: 'gi en ny engangslenke for en administrator',
    en: 'give a new one-time link for an administrator',
  },
  upMore: {
    nb: [
      'Innstillinger (miljøvariabler):',
      '  HEVD_HOME          datamappe (~/.hevd, som root /var/lib/hevd)',
      '  HEVD_PORT          port (4383)',
      '  HEVD_ADDRESS       adresse å lytte på (127.0.0.1); andre krever TLS',
      '  HEVD_TLS_CERT/KEY  sertifikat og nøkkel, PEM-filer',
      '  HEVD_ORIGIN        adressen folk bruker, som https://hevd.example.org',
      '  HEVD_AGENTS_PORT   port for agenter på andre maskiner (av; 4385 er vanlig)',
      '  HEVD_AGENTS_ADDRESS/ORIGIN  hvor den lytter (0.0.0.0), og adressen agentene bruker',
      '  HEVD_ORGANISATION  virksomhetens navn ved første start',
      '  HEVD_POSTGRES      system eller embedded: hvilken PostgreSQL som kjøres',
      '  DATABASE_URL       egen PostgreSQL (tjenerens rolle)',
      '  HEVD_MIGRATE_URL   samme database som eieren av tabellene',
      '  HEVD_WITNESSES     vitner: «<url> <nøkkel>», komma mellom flere',
      '  HEVD_SMTP_URL      e-posttjener, som smtps://bruker:passord@mail.example.org',
      '  HEVD_MAIL_FROM     avsender av varsler, som Hevd <hevd@example.org>',
      '  HEVD_WEBHOOK_INTERNAL  allow: mottakere av varsler i interne nett',
      '  HEVD_RETENTION     hvor lenge en person står etter siste dag (P1Y)',
      '  HEVD_LOG_LEVEL     info',
    ].join('\n'),
    en: [
      'Settings (environment variables):',
      '  HEVD_HOME          data folder (~/.hevd, as root /var/lib/hevd)',
      '  HEVD_PORT          port (4383)',
      '  HEVD_ADDRESS       address to listen on (127.0.0.1); others need TLS',
      '  HEVD_TLS_CERT/KEY  certificate and key, PEM files',
      '  HEVD_ORIGIN        the address people use, such as https://hevd.example.org',
      '  HEVD_AGENTS_PORT   port for agents of other hosts (off; 4385 is usual)',
      '  HEVD_AGENTS_ADDRESS/ORIGIN  where it listens (0.0.0.0), the address agents use',
      '  HEVD_ORGANISATION  name of the organisation at the first start',
      '  HEVD_POSTGRES      system or embedded: whose PostgreSQL is run',
      '  DATABASE_URL       a PostgreSQL of your own (the server’s role)',
      '  HEVD_MIGRATE_URL   the same database as the owner of the tables',
      '  HEVD_WITNESSES     witnesses: “<url> <key>”, commas between',
      '  HEVD_SMTP_URL      mail server, such as smtps://user:password@mail.example.org',
      '  HEVD_MAIL_FROM     sender of notices, such as Hevd <hevd@example.org>',
      '  HEVD_WEBHOOK_INTERNAL  allow: receivers of notices in internal networks',
      '  HEVD_RETENTION     how long a person is kept after the last day (P1Y)',
      '  HEVD_LOG_LEVEL     info',
    ].join('\n'),
  },
  check: {
    nb: 'Ser på denne verten og vurderer den mot policyen, uten tjener og database.',
    en: 'Looks at this host and judges it against the policy, without server and database.',
  },
  checkMore: {
    nb: [
      'Som root ser den mest; uten root vises det den ikke får lese, som ukjent.',
      'Avslutter med 0: ingen avvik, 1: avvik, 2: kunne ikke kjøre, 3: ingenting å vurdere.',
    ].join('\n'),
    en: [
      'As root it sees most; without root, what it may not read is shown as unknown.',
      'Exits with 0: no failure, 1: a failure, 2: could not run, 3: nothing to judge.',
    ].join('\n'),
  },
  verify: {
    nb: 'Kontrollerer en offentlig side utenfra, eller revisors pakke uten nett: innhold, bevis, signatur og historie.',
    en: 'Checks a public page from outside, or the auditor’s bundle offline: content, proofs, signature and history.',
  },
  url: { nb: 'adressen til siden, eller pakken (ZIP)', en: 'address of the page, or the bundle (ZIP)' },
  key: {
    nb: 'loggens nøkkel, slik den er kjent fra før (kontrakt, DNS, papir)',
    en: 'the log’s key as you know it from elsewhere (contract, DNS, paper)',
  },
  state: {
    nb: 'fil som husker sist sette sjekkpunkt (ellers under HEVD_HOME)',
    en: 'file that remembers the last checkpoint seen (under HEVD_HOME otherwise)',
  },
  witnessKey: {
    nb: 'nøkkelen til et vitne hvis medsignatur skal regnes med; kan gjentas',
    en: 'key of a witness whose cosignature is to count; may be repeated',
  },
  verifyMore: {
    nb: [
      'Kjør den fra en annen maskin enn tjeneren. Uten --key festes nøkkelen ved første kjøring, og en ny',
      'nøkkel senere er en feil. En pakke trenger verken tjener eller nett. Avslutter med 0: bevist,',
      '1: noe stemmer ikke, 2: kunne ikke kjøre.',
    ].join('\n'),
    en: [
      'Run it from another machine than the server. Without --key, the key is pinned on the first run, and',
      'another key later is a fault. A bundle needs no server and no network. Exits with 0: proven,',
      '1: something is wrong, 2: could not run.',
    ].join('\n'),
  },
  policy: {
    nb: 'Policyen: les inn en som finnes.',
    en: 'The policy: read in one that exists.',
  },
  policyRead: {
    nb: 'Leser en sikkerhetsside og foreslår hvilken kontroll hver setning hører til.',
    en: 'Reads a security page and proposes which control each sentence belongs to.',
  },
  policyFile: { nb: 'siden, som .txt, .md, .html eller .pdf', en: 'the page, as .txt, .md, .html or .pdf' },
  policyLanguage: {
    nb: 'språket siden er på; ellers finnes det ut',
    en: 'language of the page; found out otherwise',
  },
  policyReadMore: {
    nb: [
      'Viser ordene som avgjorde, verdiene setningene oppgir, og setningene ingenting',
      'tester. Der en verdi kan leses på to måter, foreslås ingen. Endrer ingenting,',
      'og trenger verken tjener eller nett.',
    ].join('\n'),
    en: [
      'Shows the words that decided, the values that sentences state, and the sentences',
      'that nothing tests. Where a value can be read in two ways, none is proposed.',
      'Changes nothing, and needs neither server nor network.',
    ].join('\n'),
  },
  ledger: {
    nb: 'Loggene: kontroller, bevis, nøkler, vitne.',
    en: 'The logs: verify, proofs, keys, witness.',
  },
  ledgerVerify: {
    nb: 'Regner ut begge loggene på nytt og nevner den første oppføringen som er feil.',
    en: 'Recomputes both logs and names the first entry that is wrong.',
  },
  ledgerProof: {
    nb: 'Skriver beviset for én oppføring som JSON.',
    en: 'Writes the proof of one entry as JSON.',
  },
  ledgerKeys: {
    nb: 'Viser loggenes offentlige nøkler, som kundene skal kjenne fra før.',
    en: 'Shows the logs’ public keys, which customers should know from elsewhere.',
  },
  log: { nb: 'internal eller public', en: 'internal or public' },
  index: { nb: 'nummeret på oppføringen, fra 0', en: 'number of the entry, from 0' },
  witness: {
    nb: 'Kjører et vitne som signerer sjekkpunkter, og som hver logg bare kan vokse foran.',
    en: 'Runs a witness that cosigns checkpoints, before which a log can only grow.',
  },
  witnessFolder: { nb: 'der vitnets nøkkel og hukommelse ligger', en: 'where its key and memory lie' },
  witnessName: { nb: 'vitnets navn i signaturene', en: 'its name in signatures' },
  witnessListen: { nb: 'adresse og port', en: 'address and port' },
  witnessLog: {
    nb: 'nøkkelen til en logg det skal bevitne (se «hevd ledger keys»); kan gjentas',
    en: 'key of a log to witness (see “hevd ledger keys”); may be repeated',
  },
  witnessMore: {
    nb: 'Protokollen er C2SP tlog-witness. Kjør det et annet sted og hos andre enn dem som driver loggen.',
    en: 'The protocol is C2SP tlog-witness. Run it elsewhere, and by others than those who run the log.',
  },
  erase: { nb: 'Sletting av personer.', en: 'Erasing people.' },
  eraseFinish: {
    nb: 'Skriver om tabellene i virksomhetens egen database, så slettede rader ikke blir liggende på disken.',
    en: 'Rewrites the tables of the organisation’s own database, so that no deleted row is left on disk.',
  },
  eraseFinishMore: {
    nb: [
      'Trenger HEVD_MIGRATE_URL: eieren av tabellene og databasen. Hver tabell er låst mens den skrives om, så velg',
      'en stille tid. En database som Hevd kjører selv, skrives om uten dette.',
    ].join('\n'),
    en: [
      'Needs HEVD_MIGRATE_URL: the owner of tables and database. Each table is locked while it is rewritten, so choose',
      'a quiet time. A database that Hevd runs itself is rewritten without this.',
    ].join('\n'),
  },
  doctor: {
    nb: 'Ser etter hva som hindrer Hevd i å virke eller se, og sier hva du gjør med det.',
    en: 'Looks for what keeps Hevd from working or seeing, and says what to do about it.',
  },
} as const satisfies Record<string, Bilingual>
