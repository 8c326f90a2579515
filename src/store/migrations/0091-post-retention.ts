// Whose posts delete themselves after some time, and which of them stay.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0091-post-retention',
  async up(db, dialect) {
    await createTable(db, dialect, 'post_retention', {
      columns: `
        account_id int
        rules text`,
      primary: 'account_id',
    })
  },
}
