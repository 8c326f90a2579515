// Tokens of the web client know the browser session that they belong to, and end with it.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  name: '0006-session-tokens',
  async up(db) {
    await sql`alter table tokens add column session_id bigint`.execute(db)
    await sql`create index tokens_session on tokens (session_id) where session_id is not null`.execute(db)
  },
}
