// The server's own memory: jobs, deliveries, other servers, moderation, settings.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'
import type { TableShape } from './table.ts'

const jobColumns = `
      id int
      queue text
      kind text
      key text?
      payload text
      run_at int
      attempts int =0
      lease_until int =0
      last_error text?
      created_at int`

const tables: Record<string, TableShape> = {
  jobs: { columns: jobColumns, primary: 'id', unique: ['key'], indexes: ['queue, run_at, id'] },
  dead_jobs: { columns: `${jobColumns}\n      failed_at int`, primary: 'id', indexes: ['failed_at'] },
  received_activities: {
    columns: `
      uri text
      received_at int`,
    primary: 'uri',
    clustered: true,
    indexes: ['received_at'],
  },
  outgoing_activities: {
    columns: `
      id int
      account_id int
      body text
      digest text
      created_at int`,
    primary: 'id',
    indexes: ['created_at'],
  },
  deliveries: {
    columns: `
      id int
      activity_id int
      inbox text
      host text
      attempts int =0
      next_at int
      lease_until int =0
      last_error text?
      created_at int`,
    primary: 'id',
    unique: ['activity_id, inbox'],
    indexes: ['next_at, id', 'host, next_at'],
  },
  hosts: {
    columns: `
      domain key
      software text?
      version text?
      dialect text?
      failures int =0
      failing_since int?
      broken_until int =0
      last_success_at int?
      last_failure_at int?
      described_at int?
      created_at int`,
    primary: 'domain',
    clustered: true,
  },
  domain_policies: {
    columns: `
      id int
      domain key
      severity text ='none'
      allowed flag =0
      reject_media flag =0
      reject_reports flag =0
      obfuscate flag =0
      public_comment text =''
      private_comment text =''
      created_at int`,
    primary: 'id',
    unique: ['domain'],
  },
  relays: {
    columns: `
      id int
      inbox text
      actor_uri text?
      style text
      state text ='pending'
      follow_uri text
      created_at int`,
    primary: 'id',
    unique: ['inbox'],
  },
  tombstones: {
    columns: `
      uri text
      deleted_at int`,
    primary: 'uri',
    clustered: true,
    indexes: ['deleted_at'],
  },
  custom_emojis: {
    columns: `
      id int
      domain key =''
      shortcode key
      uri text?
      remote_url text?
      file_key text?
      static_key text?
      category text?
      visible flag =1
      disabled flag =0
      created_at int
      updated_at int`,
    primary: 'id',
    unique: ['domain, shortcode'],
  },
  reports: {
    columns: `
      id int
      uri text?
      account_id int
      target_id int
      post_ids text ='[]'
      rule_ids text ='[]'
      comment text =''
      category text ='other'
      forwarded flag =0
      assigned_to_id int?
      resolved_at int?
      resolved_by_id int?
      created_at int
      updated_at int`,
    primary: 'id',
    indexes: ['target_id, id', 'account_id, id', 'id where resolved_at is null'],
  },
  moderation_log: {
    columns: `
      id int
      account_id int?
      action text
      target_kind text
      target_id int?
      detail text ='{}'
      created_at int`,
    primary: 'id',
    indexes: ['target_kind, target_id, id'],
  },
  push_subscriptions: {
    columns: `
      id int
      token_id int
      account_id int
      endpoint text
      p256dh text
      auth text
      standard flag =0
      policy text ='all'
      alerts text ='{}'
      created_at int`,
    primary: 'id',
    unique: ['token_id'],
    indexes: ['account_id'],
  },
  announcements: {
    columns: `
      id int
      text text
      content text
      starts_at int?
      ends_at int?
      all_day flag =0
      published_at int?
      created_at int
      updated_at int`,
    primary: 'id',
  },
  announcement_reads: {
    columns: `
      account_id int
      announcement_id int`,
    primary: 'account_id, announcement_id',
    clustered: true,
  },
  announcement_reactions: {
    columns: `
      announcement_id int
      account_id int
      emoji text
      created_at int`,
    primary: 'announcement_id, account_id, emoji',
    clustered: true,
  },
  invites: {
    columns: `
      id int
      account_id int
      code text
      max_uses int?
      uses int =0
      auto_follow flag =0
      expires_at int?
      created_at int`,
    primary: 'id',
    unique: ['code'],
    indexes: ['account_id, id'],
  },
  rules: {
    columns: `
      id int
      text text
      hint text =''
      position int =0
      deleted_at int?`,
    primary: 'id',
  },
  settings: {
    columns: `
      key text
      value text`,
    primary: 'key',
    clustered: true,
  },
  suggestions_hidden: {
    columns: `
      account_id int
      target_id int`,
    primary: 'account_id, target_id',
    clustered: true,
  },
}

export const migration: Migration = {
  name: '0003-server',
  async up(db, dialect) {
    for (const [name, shape] of Object.entries(tables)) await createTable(db, dialect, name, shape)
  },
}
