// Lists that are brought along may replace what is there.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  name: '0092-import-mode',
  async up(db) {
    await sql`alter table imports add column mode text not null default 'merge'`.execute(db)
    await sql`alter table imports add column removed integer not null default 0`.execute(db)
  },
}
