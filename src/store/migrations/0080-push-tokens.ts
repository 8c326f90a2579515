// Subscriptions to pushes keep their app's token, sealed with a key outside the database, as apps expect it in what is pushed.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  name: '0080-push-tokens',
  async up(db) {
    await sql`alter table push_subscriptions add column sealed_token text`.execute(db)
  },
}
