// Collections: named groups of people that somebody recommends; newcomers find them as starter packs.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0070-collections',
  async up(db, dialect) {
    await createTable(db, dialect, 'collections', {
      columns: `
        id int
        account_id int
        name text
        description text =''
        language text?
        tag text?
        sensitive flag =0
        discoverable flag =1
        created_at int
        updated_at int`,
      primary: 'id',
      indexes: ['account_id, id', 'id where discoverable = 1 and sensitive = 0'],
    })
    await createTable(db, dialect, 'collection_items', {
      columns: `
        id int
        collection_id int
        account_id int
        state text ='accepted'
        created_at int`,
      primary: 'id',
      unique: ['collection_id, account_id'],
      indexes: ['account_id, id'],
    })
  },
}
