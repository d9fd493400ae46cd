import { z } from 'zod'
import type { ListKind } from '../contract.ts'
import type { ItemOf, Sourceless } from './item.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const tags = z
  .array(z.object({ Key: z.string(), Value: z.string() }))
  .nullish()
  .transform((list) => list?.find(({ Key }) => Key === 'Name')?.Value ?? '')

/** `aws ec2 describe-instances`; one that is terminated is gone. */
const awsInstances = z
  .object({
    Reservations: z.array(
      z.object({
        Instances: z.array(
          z.object({
            InstanceId: z.string(),
            PrivateDnsName: text,
            PublicDnsName: text,
            State: z.object({ Name: z.string() }).nullish(),
            Tags: tags,
          }),
        ),
      }),
    ),
  })
  .transform(({ Reservations }) =>
    Reservations.flatMap(({ Instances }) => Instances)
      .filter(({ State }) => State?.Name !== 'terminated')
      .map((one) => server(one.InstanceId, one.Tags, [one.PrivateDnsName, one.PublicDnsName])),
  )

/** `az vm list`, with `-d` for the names on the network. */
const azureMachines = z
  .array(
    z.object({
      vmId: z.string(),
      name: z.string(),
      osProfile: z.object({ computerName: text }).nullish(),
      fqdns: text,
    }),
  )
  .transform((all) =>
    all.map(({ vmId, name, osProfile, fqdns }) =>
      server(vmId, name, [osProfile?.computerName ?? '', ...fqdns.split(',')]),
    ),
  )

/** `gcloud compute instances list --format=json`. */
const googleInstances = z
  .array(
    z.object({
      kind: z.literal('compute#instance'),
      id: z.coerce.string(),
      name: z.string(),
      hostname: text,
    }),
  )
  .transform((all) => all.map(({ id, name, hostname }) => server(id, name, [hostname])))

function server(id: string, name: string, otherNames: readonly string[]): Sourceless<ItemOf['hosts']> {
  const others = otherNames.map((other) => other.trim()).filter((other) => other !== '')
  return { id, name, otherNames: [...new Set(others)], kind: 'server' }
}

/** `aws ec2 describe-volumes`: the host sees the id as the disk's serial number, without its hyphen. */
const awsVolumes = z
  .object({ Volumes: z.array(z.object({ VolumeId: z.string(), Encrypted: z.boolean(), Tags: tags })) })
  .transform(({ Volumes }) =>
    Volumes.map(({ VolumeId, Encrypted, Tags }) =>
      disk(VolumeId, Tags, [VolumeId, VolumeId.replace('-', '')], Encrypted),
    ),
  )

/** `az disk list`: managed disks are encrypted at rest where their encryption is told. */
const azureDisks = z
  .array(
    z.object({
      id: z.string(),
      name: z.string(),
      uniqueId: text,
      encryption: z.object({ type: text }).nullish(),
    }),
  )
  .transform((all) =>
    all.map(({ id, name, uniqueId, encryption }) => {
      const type = encryption?.type ?? ''
      return disk(id, name, [uniqueId], type === '' ? null : type.startsWith('EncryptionAtRest'))
    }),
  )

/** `gcloud compute disks list --format=json`: persistent disks are always encrypted; the key is what differs. */
const googleDisks = z
  .array(z.object({ kind: z.literal('compute#disk'), id: z.coerce.string(), name: z.string() }))
  .transform((all) =>
    all.map(({ id, name }) =>
      disk(id, name, [`google-${name}`, `scsi-0google_persistentdisk_${name}`], true),
    ),
  )

function disk(
  id: string,
  name: string,
  serials: readonly string[],
  encrypted: boolean | null,
): Sourceless<ItemOf['volumes']> {
  return { id, name, serials: shown(serials), encrypted }
}

/** Serial numbers as hosts show them: small letters; virtio shows the first twenty characters alone. */
export function shown(serials: readonly string[]): string[] {
  const plain = serials.map((serial) => serial.trim().toLowerCase()).filter((serial) => serial !== '')
  const cut = plain.filter((serial) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(serial))
  return [
    ...new Set([
      ...plain,
      ...cut.map((serial) => serial.slice(0, 20)),
      ...cut.map((one) => `virtio-${one.slice(0, 20)}`),
    ]),
  ]
}

const readers: { readonly [Of in 'hosts' | 'volumes']: z.ZodType<readonly Told[]> } = {
  hosts: z.union([awsInstances, azureMachines, googleInstances]),
  volumes: z.union([awsVolumes, googleDisks, azureDisks]),
}

/** What a cloud's own tool prints as JSON; null when it is no list of this kind that we know. */
export function readCloudJson(of: ListKind, text: string): readonly Told[] | null {
  const parsed = of === 'devices' ? null : readers[of].safeParse(jsonOf(text))
  return parsed?.success === true ? parsed.data : null
}

type Told = Sourceless<ItemOf['hosts']> | Sourceless<ItemOf['volumes']>

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
