// Pictures inside the text of a post have rows of media of their own, made when somebody first looks at them.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'

export const migration: Migration = {
  name: '0010-inline-media',
  async up(db) {
    await sql`alter table media add column inline_of bigint`.execute(db)
    await sql`create index media_inline on media (inline_of) where inline_of is not null`.execute(db)
    await sql`drop index media_4`.execute(db)
    await sql`create index media_free on media (created_at) where post_id is null and inline_of is null`.execute(
      db,
    )
  },
}
