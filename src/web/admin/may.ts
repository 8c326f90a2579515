// Which parts of the administration the role of the reader opens.
import { me } from '../api/session.ts'

const BITS = {
  'view-devops': 2,
  'view-audit-log': 4,
  'view-dashboard': 8,
  'manage-reports': 16,
  'manage-federation': 32,
  'manage-settings': 64,
  'manage-blocks': 128,
  'manage-taxonomies': 256,
  'manage-appeals': 512,
  'manage-users': 1024,
  'manage-rules': 4096,
  'manage-announcements': 8192,
  'manage-emojis': 16_384,
  'manage-roles': 131_072,
  'delete-user-data': 524_288,
} as const

export type Permission = keyof typeof BITS

export function may(permission: Permission): boolean {
  const bits = Number(me.value.role.permissions)
  return (bits & 1) === 1 || (bits & BITS[permission]) !== 0
}
