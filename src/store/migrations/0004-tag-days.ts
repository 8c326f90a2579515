// Who used a hashtag on a day, so that counting people does not walk through their posts.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0004-tag-days',
  async up(db, dialect) {
    await createTable(db, dialect, 'tag_day_accounts', {
      columns: `
        day int
        tag_id int
        account_id int`,
      primary: 'day, tag_id, account_id',
      clustered: true,
    })
  },
}
