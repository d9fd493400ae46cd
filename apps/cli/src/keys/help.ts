/** Words of the help of `hevd keys`. */
export const keysHelp = {
  keys: {
    nb: 'Nøkkelhvelvet: hvordan det står, hvem som kan bruke hvilke nøkler, og åpning av det.',
    en: 'The key vault: how it stands, who can use which keys, and opening it.',
  },
  more: {
    nb: 'Kommandoene logger inn med din egen konto. Passfrase og del av rotnøkkelen leses fra terminalen uten å vises, eller linje for linje fra standard inn.',
    en: 'Commands sign in with your own account. Passphrase and share of the root key are read from the terminal without being shown, or line by line from standard input.',
  },
  server: {
    nb: 'tjenerens adresse; ellers den på denne maskinen',
    en: 'address of the server; the one on this machine otherwise',
  },
  user: { nb: 'brukernavn; ellers spørres det', en: 'user name; asked for otherwise' },
  status: {
    nb: 'Er hvelvet åpent? Sluttkode 0 når det er det, ellers 1.',
    en: 'Is the vault open? Exit code 0 when it is, 1 otherwise.',
  },
  list: {
    nb: 'Nøklene, alderen deres og hvor mange som kan bruke dem.',
    en: 'The keys, their age, and how many can use them.',
  },
  show: {
    nb: 'Hvem som kan bruke en nøkkel, hvorfor og hvor lenge.',
    en: 'Who can use a key, why, and until when.',
  },
  name: { nb: 'nøkkelens navn', en: 'name of the key' },
  grants: {
    nb: 'Hvem som kan bruke hvilke nøkler, og hva som venter på godkjenning.',
    en: 'Who can use which keys, and what waits for approval.',
  },
  all: { nb: 'også dem som er over', en: 'those that are over as well' },
  ask: {
    nb: 'Ber om å få bruke en nøkkel. En annen administrator må godkjenne det.',
    en: 'Asks for leave to use a key. Another administrator must approve it.',
  },
  account: {
    nb: 'for denne kontoen (brukernavn); ellers deg selv',
    en: 'for this account (user name); yourself otherwise',
  },
  service: { nb: 'for denne tjenesten (kortnavn)', en: 'for this named service (its id)' },
  may: {
    nb: 'hva nøkkelen brukes til: encrypt, decrypt, rewrap, datakey, hmac, sign, verify; flere kan følge',
    en: 'what the key is used for: encrypt, decrypt, rewrap, datakey, hmac, sign, verify; several may follow',
  },
  why: { nb: 'det tjenstlige behovet', en: 'the business need' },
  from: { nb: 'første dag, ÅÅÅÅ-MM-DD; ellers i dag', en: 'first day, YYYY-MM-DD; today otherwise' },
  until: { nb: 'siste dag, ÅÅÅÅ-MM-DD', en: 'last day, YYYY-MM-DD' },
  approve: { nb: 'Godkjenner en tildeling.', en: 'Approves a grant.' },
  refuse: { nb: 'Avslår en tildeling.', en: 'Refuses a grant.' },
  revoke: {
    nb: 'Trekker tilbake en tildeling. Den virker ikke fra neste kall.',
    en: 'Revokes a grant. It has no effect from the next call on.',
  },
  grant: { nb: 'tildelingens ID («hevd keys grants»)', en: 'id of the grant (“hevd keys grants”)' },
  init: {
    nb: 'Lager rotnøkkelen. Delt mellom nøkkelholdere finnes den når hver av dem har hentet sin del («hevd keys share»).',
    en: 'Makes the root key. Shared among custodians it is there when each has taken their share (“hevd keys share”).',
  },
  seal: {
    nb: 'hva som forsegler den: shares, file, pkcs11, transit, aws-kms, gcp-kms, azure-kms',
    en: 'what seals it: shares, file, pkcs11, transit, aws-kms, gcp-kms, azure-kms',
  },
  threshold: { nb: 'så mange nøkkelholdere må til for å åpne', en: 'how many custodians it takes to open' },
  custodian: { nb: 'brukernavn til en nøkkelholder; gjentas', en: 'user name of a custodian; repeated' },
  share: {
    nb: 'Henter din egen del av rotnøkkelen. Den vises denne ene gangen.',
    en: 'Takes your own share of the root key. It is shown this one time.',
  },
  unseal: { nb: 'Gir din egen del for å åpne hvelvet.', en: 'Gives your own share to open the vault.' },
  close: {
    nb: 'Forsegler hvelvet med en gang: ingen nøkler kan brukes.',
    en: 'Seals the vault at once: no key can be used.',
  },
} as const
