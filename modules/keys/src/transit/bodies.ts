import { z } from 'zod'

const text = z.string().nullish()
const whole = z.coerce.number().int().min(0).nullish()

/** Parameters as Vault's clients send them. What is not known is left out of account, as Vault does. */
export const named = z.object({ name: z.string().max(200) })

const item = z.object({
  context: text,
  associated_data: text,
  key_version: whole,
  reference: text,
})
export const encryptItem = item.extend({ plaintext: text })
export const decryptItem = item.extend({ ciphertext: text })

/** A body with one item of its own, or a batch of them. */
function batchable<Item extends z.ZodRawShape>(one: z.ZodObject<Item>) {
  return one.extend({
    batch_input: z.array(one).min(1).nullish(),
    partial_failure_response_code: z.coerce.number().int().min(100).max(599).nullish(),
  })
}

export const encrypting = batchable(encryptItem)
export const decrypting = batchable(decryptItem)

export const dataKeyItem = item.extend({ bits: whole })
export const datakeying = dataKeyItem.nullish()

export const digestItem = z.object({ input: text, context: text, reference: text })
export const hmacking = batchable(digestItem).extend({ key_version: whole, algorithm: text })

const flag = z.union([z.boolean(), z.stringbool()]).nullish()
const algorithms = {
  hash_algorithm: text,
  algorithm: text,
  marshaling_algorithm: text,
  prehashed: flag,
}
export const signing = batchable(digestItem).extend({ key_version: whole, ...algorithms })
export const verifyItem = digestItem.extend({ signature: text, hmac: text })
export const verifying = batchable(verifyItem).extend(algorithms)

export const making = z
  .object({
    type: text,
    derived: flag,
    convergent_encryption: flag,
    exportable: flag,
    allow_plaintext_backup: flag,
    auto_rotate_period: z.union([z.string(), z.number()]).nullish(),
  })
  .nullish()

export const configuring = z.object({
  min_decryption_version: whole,
  min_encryption_version: whole,
  deletion_allowed: flag,
  exportable: flag,
  allow_plaintext_backup: flag,
  auto_rotate_period: z.union([z.string(), z.number()]).nullish(),
})
export const trimming = z.object({ min_available_version: z.coerce.number().int().min(1) })

export const randoming = z.object({ bytes: whole, format: text }).nullish()
export const hashing = z.object({ input: z.string(), algorithm: text, format: text })
export const restoring = z.object({ backup: z.string().max(2_000_000), name: text })
