// What each role may do beyond using the server, in the bits that Mastodon's clients know.
import { ROLES } from './account.ts'
import type { Role } from './account.ts'

export const PERMISSION_BITS = {
  administrator: 1,
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
  'manage-invites': 2048,
  'manage-rules': 4096,
  'manage-announcements': 8192,
  'manage-emojis': 16_384,
  'invite-users': 65_536,
  'manage-roles': 131_072,
  'delete-user-data': 524_288,
} as const

export type Permission = keyof typeof PERMISSION_BITS

const MODERATION: readonly Permission[] = [
  'view-audit-log',
  'view-dashboard',
  'manage-reports',
  'manage-federation',
  'manage-blocks',
  'manage-taxonomies',
  'manage-appeals',
  'manage-users',
  'invite-users',
]

const OF_ROLE: Record<Role, readonly Permission[]> = {
  user: ['invite-users'],
  moderator: MODERATION,
  admin: ['administrator'],
  owner: ['administrator'],
}

export function mayDo(role: Role, permission: Permission): boolean {
  return OF_ROLE[role].includes('administrator') || OF_ROLE[role].includes(permission)
}

/** The sum of bits that clients read; bit 1 stands for everything. */
export function permissionBits(role: Role): number {
  return OF_ROLE[role].reduce((sum, permission) => sum + PERMISSION_BITS[permission], 0)
}

/** Whether `role` stands above `other`: nobody acts on those beside or above oneself. */
export function outranks(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) > ROLES.indexOf(other)
}

export function isStaff(role: Role): boolean {
  return role !== 'user'
}
