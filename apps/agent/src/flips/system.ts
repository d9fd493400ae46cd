import { chmodSync } from 'node:fs'
import { folderWith } from '../testdata/folder.ts'

/** A system's accounts and sudo rules, made as files that the real tools read. */
export type MadeSystem = {
  /** Lines of passwd(5) besides root, sshd and nobody. */
  readonly passwd?: readonly string[]
  /** Lines of shadow(5) besides those; an account without one has no password. */
  readonly shadow?: readonly string[]
  readonly group?: readonly string[]
  readonly sudoers?: readonly string[]
  /** Files of /etc/sudoers.d. */
  readonly sudoersFiles?: { readonly [name: string]: string }
  /** Files below /root. */
  readonly rootHome?: { readonly [path: string]: string }
  /** Files below /home. */
  readonly homes?: { readonly [path: string]: string }
}

/** Puts them in folders of the running test; what to mount where. */
export function madeSystem(made: MadeSystem): { readonly [path: string]: string } {
  const lines = (...parts: readonly string[]) => `${parts.join('\n')}\n`
  const etc = folderWith({
    passwd: lines(
      'root:x:0:0:root:/root:/bin/bash',
      ...(made.passwd ?? []),
      'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
      'nobody:x:65534:65534::/:/usr/sbin/nologin',
    ),
    shadow: lines('root:*:20000::::::', ...(made.shadow ?? []), 'nobody:*:20000::::::'),
    group: lines('root:x:0:', ...(made.group ?? []), 'nogroup:x:65534:'),
    'nsswitch.conf': lines('passwd: files', 'group: files', 'shadow: files'),
    sudoers: lines('root ALL=(ALL:ALL) ALL', ...(made.sudoers ?? []), '@includedir /etc/sudoers.d'),
  })
  chmodSync(etc.at('shadow'), 0o600)
  chmodSync(etc.at('sudoers'), 0o440)
  const homes = folderWith(made.homes, 0o600)
  const rootHome = folderWith(made.rootHome, 0o600)
  chmodSync(rootHome.path, 0o700)
  return {
    '/etc/passwd': etc.at('passwd'),
    '/etc/shadow': etc.at('shadow'),
    '/etc/group': etc.at('group'),
    '/etc/nsswitch.conf': etc.at('nsswitch.conf'),
    '/etc/sudoers': etc.at('sudoers'),
    '/etc/sudoers.d': folderWith(made.sudoersFiles, 0o440).path,
    '/root': rootHome.path,
    '/home': homes.path,
  }
}

/** A hash of yescrypt's form; whose password it is does not matter here. */
export const hash = '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7'
export const person = (name: string, uid: number, shell = '/bin/bash') =>
  `${name}:x:${uid}:${uid}::/home/${name}:${shell}`
export const password = (name: string, stored = hash) => `${name}:${stored}:20000::::::`
export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHbnJ6mWQZ5mQ0PzXyF3mW4pPzB0uB0K3p8y6v8y0J2s kari'

/** Starts OpenSSH's server on port 22 with a configuration; it lives as long as the look. */
export const sshdWith = (configuration: string) => `
mkdir -p /run/sshd
d=$(mktemp -d); chmod 755 $d
ssh-keygen -q -t ed25519 -N '' -f $d/key
cat > $d/sshd_config <<'CONFIGURATION'
PidFile none
${configuration}
CONFIGURATION
/usr/sbin/sshd -D -f $d/sshd_config -h $d/key > $d/log 2>&1 &
for _ in $(seq 100); do (: < /dev/tcp/127.0.0.1/22) 2>/dev/null && break; sleep 0.1; done
: < /dev/tcp/127.0.0.1/22
`
