import type { Bilingual } from '@hevd/core'

/** Words of `hevd agent --help` and of the help of each of its commands. */
export const agentHelp = {
  agent: {
    nb: 'Agenten på denne verten: meld inn, kjør, se hva den leser og sender.',
    en: 'The agent of this host: join, run, see what it reads and sends.',
  },
  join: {
    nb: 'Melder verten inn hos en tjener med et engangstoken fra «Maskiner» i konsollen.',
    en: 'Joins a server by a one-time token from “Hosts” in the console.',
  },
  server: {
    nb: 'adressen tjeneren lytter etter agenter på',
    en: 'address at which the server listens for agents',
  },
  token: {
    nb: 'tokenet; «-» leser det fra standard inn, så det ikke står i skallets historie',
    en: 'the token; “-” reads it from standard input, out of the shell’s history',
  },
  name: {
    nb: 'hva en ny vert skal hete; ellers vertsnavnet',
    en: 'what a new host is to be called; its host name otherwise',
  },
  joinMore: {
    nb: [
      'Nøkkelen lages her og forlater aldri verten. Tjeneren kjennes igjen på tokenet før',
      'noe sendes. Blir kommandoen avbrutt, kjør den igjen med samme token. Har verten vært',
      'med før, lages tokenet for den, og historien følger med.',
      '',
      'Etterpå: «hevd agent run», eller som tjeneste:',
      '  hevd agent unit | sudo tee /etc/systemd/system/hevd-agent.service',
      '  sudo systemctl enable --now hevd-agent',
    ].join('\n'),
    en: [
      'The key is made here and never leaves the host. The server is known by the token',
      'before anything is sent. If the command is interrupted, run it again with the same',
      'token. If the host was there before, its token is made for it, and history goes on.',
      '',
      'Then: “hevd agent run”, or as a service:',
      '  hevd agent unit | sudo tee /etc/systemd/system/hevd-agent.service',
      '  sudo systemctl enable --now hevd-agent',
    ].join('\n'),
  },
  run: {
    nb: 'Kjører agenten til den blir bedt om å stoppe; sier én JSON-linje for hver merkbare ting.',
    en: 'Runs the agent until it is told to stop; says one line of JSON per notable thing.',
  },
  runMore: {
    nb: [
      'Grensene står i agent.json («limits»): andel av én prosessor (0,1), minne i MiB (384),',
      'nice (10). Avslutter med 0: stoppet, 75: må startes igjen (minne, meldt inn som en',
      'annen vert), 2: kunne ikke kjøre.',
    ].join('\n'),
    en: [
      'Its limits are in agent.json (“limits”): share of one processor (0.1), memory in MiB',
      '(384), nice (10). Exits with 0: stopped, 75: is to be started again (memory, joined as',
      'another host), 2: could not run.',
    ].join('\n'),
  },
  status: {
    nb: 'Sier hva agenten leser, sender og venter på. Spør bare denne verten.',
    en: 'Says what the agent reads, sends and waits for. Asks this host alone.',
  },
  statusMore: {
    nb: 'Avslutter med 0: den kjører og blir hørt, 1: det gjør den ikke, 2: kunne ikke lese.',
    en: 'Exits with 0: it runs and is heard, 1: it is not, 2: could not read.',
  },
  leave: {
    nb: 'Melder verten ut: tjeneren trekker sertifikatet tilbake, og nøkkelen slettes her.',
    en: 'Leaves: the server revokes the certificate, and the key is deleted here.',
  },
  unit: {
    nb: 'Skriver en systemd-tjeneste for «hevd agent run».',
    en: 'Prints a systemd service for “hevd agent run”.',
  },
} as const satisfies Record<string, Bilingual>
