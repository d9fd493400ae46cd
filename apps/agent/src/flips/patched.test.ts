import { chmodSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { day, judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

/** apt with one source, which offers this version of bash; its lists are fetched for real. */
const offering = (label: string, suite: string, version: string) => `
r=$(mktemp -d); chmod 755 $r
mkdir -p $r/repo/dists/${suite}/main/binary-$(dpkg --print-architecture)
cat > $r/repo/dists/${suite}/main/binary-$(dpkg --print-architecture)/Packages <<PACKAGE
Package: bash
Version: ${version}
Architecture: $(dpkg --print-architecture)
Maintainer: Nobody <nobody@example.org>
Filename: pool/bash.deb
Size: 1
SHA256: 0000000000000000000000000000000000000000000000000000000000000000
Description: shell
PACKAGE
cat > $r/repo/dists/${suite}/Release <<RELEASE
Label: ${label}
Suite: ${suite}
Codename: ${suite}
Components: main
Architectures: $(dpkg --print-architecture)
Date: $(date -Ru | sed 's/+0000/UTC/')
SHA256:
 $(cd $r/repo/dists/${suite}; f=main/binary-$(dpkg --print-architecture)/Packages; echo $(sha256sum < $f | cut -d' ' -f1) $(stat -c %s $f) $f)
RELEASE
mkdir $r/list $r/lists
echo "deb [trusted=yes] file:$r/repo ${suite} main" > $r/list/one.list
: > $r/none
[ ! -e /etc/apt/sources.list ] || mount --bind $r/none /etc/apt/sources.list
mount --bind $r/list /etc/apt/sources.list.d
mount --bind $r/lists /var/lib/apt/lists
mount -t tmpfs tmpfs /var/cache/apt
apt-get -qq -o APT::Sandbox::User=root update
`
const look = (state: string, mounts = {}) => collect({ collectors: ['packages'] }, { state, mounts })

describe('security updates are made in time', () => {
  const inTime = 'patched/updates-in-time'
  test('one that has waited too long, and one that has not yet', async () => {
    const seen = await look(offering('Debian-Security', 'stable-security', '99.0-1'))
    const parameters = { listsNoOlderThan: 'P30D' }
    expect(judge(seen, inTime, { after: 13 * day, parameters })).toMatchObject({ h1: verdict('holds') })
    expect(judge(seen, inTime, { after: 15 * day })).toMatchObject({
      h1: verdict('fails', 'updates-overdue', { packages: ['bash'] }),
    })
  })

  test('a newer version that is older than the installed one waits for nobody', async () => {
    const seen = await look(offering('Debian-Security', 'stable-security', '0.1-1'))
    expect(judge(seen, inTime, { after: 6 * day })).toMatchObject({ h1: verdict('holds') })
    expect(judge(seen, inTime, { after: 8 * day })).toMatchObject({
      h1: verdict('unknown', 'package-lists-old'),
    })
  })

  test('without a source of security updates none can be seen', async () => {
    const seen = await look(offering('Debian', 'stable', '99.0-1'))
    expect(judge(seen, inTime)).toMatchObject({ h1: verdict('fails', 'no-security-source') })
  })

  test('a package manager that breaks is not known', async () => {
    const folder = folderWith({ 'dpkg-query': '#!/bin/sh\necho damaged >&2\nexit 2\n' })
    chmodSync(folder.at('dpkg-query'), 0o755)
    const seen = await look('', { '/usr/bin/dpkg-query': folder.at('dpkg-query') })
    expect(judge(seen, inTime)).toMatchObject({ h1: verdict('unknown', 'unseen-failed') })
  })
})

describe('what is installed takes effect in time', () => {
  const inTime = 'patched/reboot-in-time'
  const asked = `mount -t tmpfs tmpfs /run
touch /run/reboot-required
echo linux-image-amd64 > /run/reboot-required.pkgs
mount -t tmpfs tmpfs /boot`
  const restart = (state: string, ordinary = false) =>
    collect({ collectors: ['pending-reboot'], ordinary }, { state })

  test('a restart that has waited too long, one that has not yet, and none', async () => {
    const seen = await restart(asked)
    expect(judge(seen, inTime, { after: 13 * day })).toMatchObject({ h1: verdict('holds') })
    expect(judge(seen, inTime, { after: 15 * day })).toMatchObject({
      h1: verdict('fails', 'reboot-overdue', { because: ['linux-image-amd64'] }),
    })
    const none = await restart('mount -t tmpfs tmpfs /run\nmount -t tmpfs tmpfs /boot')
    expect(judge(none, inTime, { after: 15 * day })).toMatchObject({ h1: verdict('holds') })
  })
})
