// The consents that authors elsewhere gave to quotes: shown to whoever receives a quote of ours, and known when one is taken back.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'

export const migration: Migration = {
  name: '0005-quote-stamps',
  async up(db, dialect) {
    await createTable(db, dialect, 'quote_stamps', {
      columns: `
        post_id int
        uri text`,
      primary: 'post_id',
      indexes: ['uri'],
    })
  },
}
