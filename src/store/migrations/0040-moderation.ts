// What moderators work with: strikes and appeals, notes, blocks of addresses, reviews, and what is counted per day.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'
import type { TableShape } from './table.ts'

const tables: Record<string, TableShape> = {
  ip_blocks: {
    columns: `
      id int
      ip text
      severity text
      comment text =''
      expires_at int?
      created_at int`,
    primary: 'id',
    unique: ['ip'],
  },
  email_domain_blocks: {
    columns: `
      id int
      domain key
      allow_with_approval flag =0
      created_at int`,
    primary: 'id',
    unique: ['domain'],
  },
  email_domain_attempts: {
    columns: `
      block_id int
      day int
      address text
      uses int =1`,
    primary: 'block_id, day, address',
    clustered: true,
  },
  canonical_email_blocks: {
    columns: `
      id int
      hash text
      account_id int?
      created_at int`,
    primary: 'id',
    unique: ['hash'],
    indexes: ['account_id where account_id is not null'],
  },
  strikes: {
    columns: `
      id int
      account_id int?
      target_id int
      action text
      text text =''
      report_id int?
      post_ids text ='[]'
      overruled_at int?
      created_at int`,
    primary: 'id',
    indexes: ['target_id, id'],
  },
  appeals: {
    columns: `
      strike_id int
      account_id int
      text text
      state text ='pending'
      decided_by_id int?
      decided_at int?
      created_at int`,
    primary: 'strike_id',
    indexes: ['state, strike_id'],
  },
  moderation_notes: {
    columns: `
      id int
      account_id int
      target_kind text
      target_id int
      content text
      created_at int`,
    primary: 'id',
    indexes: ['target_kind, target_id, id'],
  },
  severances: {
    columns: `
      id int
      account_id int
      kind text
      target_name text
      cause int
      followers_count int =0
      following_count int =0
      created_at int`,
    primary: 'id',
    unique: ['account_id, kind, target_name, cause'],
  },
  pending_removals: {
    columns: `
      account_id int
      due_at int`,
    primary: 'account_id',
    indexes: ['due_at, account_id'],
  },
  trend_decisions: {
    columns: `
      kind text
      target_id int
      allowed flag
      decided_at int`,
    primary: 'kind, target_id',
    clustered: true,
  },
  card_providers: {
    columns: `
      id int
      domain key
      trendable flag?
      reviewed_at int?
      requested_at int?`,
    primary: 'id',
    unique: ['domain'],
  },
  day_counts: {
    columns: `
      day int
      key text
      value int`,
    primary: 'day, key',
    clustered: true,
  },
  active_days: {
    columns: `
      day int
      account_id int`,
    primary: 'day, account_id',
    clustered: true,
    indexes: ['account_id, day'],
  },
}

const indexes = [
  'accounts_suspended on accounts (id) where suspended_at is not null',
  'accounts_limited on accounts (id) where limited_at is not null',
  'accounts_sensitized on accounts (id) where sensitized_at is not null',
  'users_waiting on users (account_id) where approved_at is null',
  'users_disabled on users (account_id) where disabled_at is not null',
  'users_sign_up_address on users (sign_up_address)',
  'sessions_address on sessions (address)',
  'moderation_log_actor on moderation_log (account_id, id)',
  'reports_resolved on reports (resolved_at) where resolved_at is not null',
  'reports_assigned on reports (assigned_to_id, id) where assigned_to_id is not null',
]

export const migration: Migration = {
  name: '0040-moderation',
  async up(db, dialect) {
    for (const [name, shape] of Object.entries(tables)) await createTable(db, dialect, name, shape)
    for (const index of indexes) await sql.raw(`create index ${index}`).execute(db)
  },
}
