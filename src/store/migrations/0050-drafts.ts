// Posts that somebody has begun to write and keeps for later, on whichever device.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0050-drafts',
  async up(db, dialect) {
    await createTable(db, dialect, 'drafts', {
      columns: `
        id int
        account_id int
        content text
        problem text?
        created_at int
        updated_at int`,
      primary: 'id',
      indexes: ['account_id, id', 'updated_at'],
    })
  },
}
