// Who may answer a post, whether its comments are closed, and what became of asking to answer.
import { sql } from 'kysely'
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0011-replies',
  async up(db, dialect) {
    await sql`alter table posts add column comments_closed smallint not null default 0`.execute(db)
    await sql`alter table posts add column reply_policy text not null default 'public'`.execute(db)
    await createTable(db, dialect, 'reply_consents', {
      columns: `
        post_id int
        state text
        uri text?`,
      primary: 'post_id',
      clustered: true,
      indexes: ['uri where uri is not null'],
    })
  },
}
