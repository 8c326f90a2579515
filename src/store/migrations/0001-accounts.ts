// Accounts, the people who sign in, their keys, apps and tokens, and how accounts relate to each other.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'
import type { TableShape } from './table.ts'

const tables: Record<string, TableShape> = {
  accounts: {
    columns: `
      id int
      username text
      username_key key
      domain key =''
      protocol text ='local'
      kind text ='person'
      uri text
      url text?
      guid text?
      name text =''
      note text =''
      note_source text?
      fields text ='[]'
      avatar_key text?
      avatar_static_key text?
      avatar_remote_url text?
      avatar_description text =''
      header_key text?
      header_static_key text?
      header_remote_url text?
      header_description text =''
      bot flag =0
      locked flag =0
      discoverable flag =1
      indexable flag =0
      hide_collections flag =0
      memorial flag =0
      followers_count int =0
      following_count int =0
      posts_count int =0
      last_post_at int?
      inbox text?
      outbox text?
      shared_inbox text?
      followers_uri text?
      following_uri text?
      featured_uri text?
      featured_tags_uri text?
      moved_to_id int?
      also_known_as text ='[]'
      attribution_domains text ='[]'
      emoji_ids text ='[]'
      suspended_at int?
      suspended_by text?
      limited_at int?
      sensitized_at int?
      deleted_at int?
      raw text?
      fetched_at int?
      completed_at int?
      created_at int
      updated_at int`,
    primary: 'id',
    unique: ['domain, username_key', 'uri'],
    indexes: ['username_key', 'domain, id', 'guid where guid is not null', 'last_post_at, id'],
  },
  account_keys: {
    columns: `
      key_id text
      account_id int
      kind text
      public_key text
      private_key text?
      created_at int`,
    primary: 'key_id',
    indexes: ['account_id, kind'],
  },
  users: {
    columns: `
      account_id int
      email text?
      email_key key?
      unconfirmed_email text?
      password_hash text?
      role text ='user'
      locale text ='en'
      confirmed_at int?
      approved_at int?
      disabled_at int?
      sign_up_reason text?
      sign_up_address text?
      invite_id int?
      app_id int?
      otp_secret text?
      otp_enabled_at int?
      otp_last_step int?
      recovery_codes text ='[]'
      settings text ='{}'
      created_at int
      last_active_at int?`,
    primary: 'account_id',
    unique: ['email_key'],
    indexes: ['created_at, account_id', 'role, account_id'],
  },
  email_tokens: {
    columns: `
      token_hash text
      account_id int
      kind text
      email text
      created_at int
      expires_at int`,
    primary: 'token_hash',
    indexes: ['account_id', 'expires_at'],
  },
  sessions: {
    columns: `
      id int
      token_hash text
      account_id int
      address text
      user_agent text
      created_at int
      last_used_at int
      expires_at int`,
    primary: 'id',
    unique: ['token_hash'],
    indexes: ['account_id, id', 'expires_at'],
  },
  apps: {
    columns: `
      id int
      client_id text
      client_secret_hash text
      name text
      website text?
      redirect_uris text
      scopes text
      created_at int`,
    primary: 'id',
    unique: ['client_id'],
  },
  grants: {
    columns: `
      code_hash text
      app_id int
      account_id int
      redirect_uri text
      scopes text
      challenge text?
      token_id int?
      created_at int
      expires_at int`,
    primary: 'code_hash',
    indexes: ['expires_at'],
  },
  tokens: {
    columns: `
      id int
      token_hash text
      app_id int?
      account_id int?
      scopes text
      created_at int
      last_used_at int?`,
    primary: 'id',
    unique: ['token_hash'],
    indexes: ['account_id, id', 'app_id'],
  },
  follows: {
    columns: `
      account_id int
      target_id int
      id int
      accepted flag =0
      show_boosts flag =1
      notify flag =0
      languages text?
      uri text?
      created_at int`,
    primary: 'account_id, target_id',
    clustered: true,
    indexes: [
      'target_id, accepted, id',
      'account_id, accepted, id',
      'target_id, accepted, account_id',
      'uri where uri is not null',
    ],
  },
  blocks: {
    columns: `
      account_id int
      target_id int
      id int
      uri text?
      created_at int`,
    primary: 'account_id, target_id',
    clustered: true,
    indexes: ['target_id, account_id', 'account_id, id'],
  },
  mutes: {
    columns: `
      account_id int
      target_id int
      id int
      hide_notifications flag =1
      expires_at int?
      created_at int`,
    primary: 'account_id, target_id',
    clustered: true,
    indexes: ['target_id, account_id', 'account_id, id', 'expires_at where expires_at is not null'],
  },
  account_domain_blocks: {
    columns: `
      account_id int
      domain key
      id int
      created_at int`,
    primary: 'account_id, domain',
    clustered: true,
    indexes: ['account_id, id'],
  },
  account_notes: {
    columns: `
      account_id int
      target_id int
      comment text`,
    primary: 'account_id, target_id',
    clustered: true,
  },
  endorsements: {
    columns: `
      account_id int
      target_id int
      id int`,
    primary: 'account_id, target_id',
    clustered: true,
    indexes: ['account_id, id'],
  },
  memberships: {
    columns: `
      group_id int
      account_id int
      id int
      role text ='member'
      accepted flag =1
      created_at int`,
    primary: 'group_id, account_id',
    clustered: true,
    indexes: ['account_id, group_id'],
  },
  circles: {
    columns: `
      id int
      account_id int
      name text
      position int =0
      created_at int`,
    primary: 'id',
    indexes: ['account_id, position'],
  },
  circle_members: {
    columns: `
      circle_id int
      account_id int
      created_at int`,
    primary: 'circle_id, account_id',
    clustered: true,
    indexes: ['account_id, circle_id'],
  },
  lists: {
    columns: `
      id int
      account_id int
      title text
      replies_policy text ='list'
      exclusive flag =0
      created_at int`,
    primary: 'id',
    indexes: ['account_id, id'],
  },
  list_members: {
    columns: `
      list_id int
      account_id int
      id int`,
    primary: 'list_id, account_id',
    clustered: true,
    indexes: ['account_id, list_id', 'list_id, id'],
  },
}

export const migration: Migration = {
  name: '0001-accounts',
  async up(db, dialect) {
    for (const [name, shape] of Object.entries(tables)) await createTable(db, dialect, name, shape)
    await dialect.createSearchIndex(db, 'account_search')
  },
}
