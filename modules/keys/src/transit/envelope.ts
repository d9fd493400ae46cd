import { randomUUID } from 'node:crypto'

/** What Vault wraps every answer in. */
export function envelope(data: { readonly [name: string]: unknown } | null) {
  return {
    request_id: randomUUID(),
    lease_id: '',
    renewable: false,
    lease_duration: 0,
    data,
    wrap_info: null,
    warnings: null,
    auth: null,
    mount_type: 'transit',
  }
}
