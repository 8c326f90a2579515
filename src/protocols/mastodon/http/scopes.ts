// OAuth scopes as Mastodon names them, and which scope includes which.

const LEAVES: Record<string, readonly string[]> = {
  read: [
    'accounts',
    'blocks',
    'bookmarks',
    'collections',
    'favourites',
    'filters',
    'follows',
    'lists',
    'mutes',
    'notifications',
    'search',
    'statuses',
  ],
  write: [
    'accounts',
    'blocks',
    'bookmarks',
    'collections',
    'conversations',
    'favourites',
    'filters',
    'follows',
    'lists',
    'media',
    'mutes',
    'notifications',
    'reports',
    'statuses',
  ],
  'admin:read': [
    'accounts',
    'reports',
    'domain_allows',
    'domain_blocks',
    'ip_blocks',
    'email_domain_blocks',
    'canonical_email_blocks',
  ],
  'admin:write': [
    'accounts',
    'reports',
    'domain_allows',
    'domain_blocks',
    'ip_blocks',
    'email_domain_blocks',
    'canonical_email_blocks',
  ],
}

/** Every scope that an app may ask for. */
export const SCOPES: readonly string[] = [
  'profile',
  ...Object.entries(LEAVES).flatMap(([parent, leaves]) => [
    parent,
    ...leaves.map((leaf) => `${parent}:${leaf}`),
  ]),
  'follow',
  'push',
]

const KNOWN = new Set(SCOPES)
const FOLLOW_GRANTS = new Set([
  'read:blocks',
  'read:follows',
  'read:mutes',
  'write:blocks',
  'write:follows',
  'write:mutes',
])

/** Splits a scope parameter; undefined when it names a scope that does not exist. */
export function parseScopes(text: string): string[] | undefined {
  const scopes = [...new Set(text.split(/[\s+,]+/).filter((scope) => scope !== ''))]
  return scopes.every((scope) => KNOWN.has(scope)) ? scopes : undefined
}

/** Whether `granted` includes `wanted` through itself or a parent. */
export function includesScope(granted: readonly string[], wanted: string): boolean {
  if (granted.includes(wanted)) return true
  const parent = wanted.slice(0, wanted.lastIndexOf(':'))
  if (parent !== '' && granted.includes(parent)) return true
  return granted.includes('follow') && FOLLOW_GRANTS.has(wanted)
}
