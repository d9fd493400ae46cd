import { importedLists, providerVolumes, volumes } from '@hevd/facts'
import { expect, onTestFinished, test } from 'vitest'
import { cleansUpBy } from '../testdata/at-end.ts'
import { folderWith } from '../testdata/folder.ts'
import { collect } from './collect.ts'
import { judge, verdict } from './judge.ts'

cleansUpBy(onTestFinished)

const encrypted = 'storage-encrypted/volumes-encrypted'

/** A real file system on a real loop device, over a file of the machine's own disk; swap besides it. */
const state = (image: string) => `
device=$(losetup --find --show ${image})
trap 'umount /srv 2>/dev/null; losetup -d $device; kill $(jobs -p) 2>/dev/null || true' EXIT
mkfs.ext4 -q $device
mount $device /srv
printf 'Filename Type Size Used Priority\\n%s partition 8188 0 -2\\n' $device > /mnt/swaps
mount --bind /mnt/swaps /proc/swaps

`

/** What the agent sees, with the list of a provider that says this of every disk it showed. */
async function lookAndAsk(says: boolean | null) {
  const folder = folderWith({ image: '\0'.repeat(8 * 1024 * 1024) })
  const seen = await collect({ collectors: ['volumes'] }, { state: state(folder.at('image')) })
  const found = seen.facts.flatMap(({ type, value }) => (type === volumes.name ? volumes.parse(value) : []))
  const shown = [...new Set(found.flatMap(({ disks }) => (disks ?? []).flat()))]
  const list = { of: 'volumes', source: 'cloud', importedAt: seen.at - 1000, entries: shown.length }
  const told = shown.map((serial) => ({
    type: providerVolumes.name,
    value: { source: 'cloud', id: serial, name: '', serials: [serial], encrypted: says },
  }))
  const facts = says === null ? [] : [...told, { type: importedLists.name, value: list }]
  const lists = [providerVolumes, importedLists].map(
    ({ name }) => ({ type: name, scope: '-', state: 'complete', detail: '' }) as const,
  )
  return { ...seen, facts: [...seen.facts, ...facts], coverage: [...seen.coverage, ...lists] }
}

test('a volume, and swap, on the disk of a provider: as it says, and never green without its word', async () => {
  const told = await lookAndAsk(false)
  const mountPoints = told.facts.flatMap(({ type, value }) =>
    type === volumes.name ? volumes.parse(value).mountPoint : [],
  )
  expect(mountPoints).toEqual(
    expect.arrayContaining(['/', '/srv', expect.stringMatching(/^swap:\/dev\/loop/)]),
  )
  expect(judge(told, encrypted)).toMatchObject({ h1: verdict('fails', 'volumes-open') })
  expect(judge(await lookAndAsk(null), encrypted)).toMatchObject({
    h1: verdict('unknown', 'provider-not-asked'),
  })
  const sound = await lookAndAsk(true)
  expect(judge(sound, encrypted)).toMatchObject({ h1: verdict('holds') })
  expect(judge(sound, encrypted, { after: 31 * 86_400_000 })).toMatchObject({
    h1: verdict('unknown', 'provider-list-old'),
  })
})
