/** Real peers of the tests, as Debian packages; each line says what it is a peer of. */
export const peers = [
  'postgresql', // the system's own PostgreSQL
  'openssh-server', // effective sshd settings, certificates
  'sudo', // sudoers as sudo reads them
  'nftables', // packet filter
  'iptables',
  'iproute2', // network namespaces
  'util-linux',
  'chromium-headless-shell', // console, public page: Chromium without its own windows
  'fonts-noto-core',
  'age',
  'openssl', // certificates of TLS peers
  'e2fsprogs', // a file system whose power is cut
  'golang-go', // independent check of the transparency log
  'golang-golang-x-mod-dev',
] as const
