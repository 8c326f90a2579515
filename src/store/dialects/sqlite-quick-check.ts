// A program that proves a SQLite file sound, in a process of its own: it may take minutes and cannot be interrupted.
import { DatabaseSync } from 'node:sqlite'

const [file = ''] = process.argv.slice(2)
const db = new DatabaseSync(file, { timeout: 10_000 })
const row = db.prepare('pragma quick_check(1)').get() as { quick_check: string } | undefined
process.stdout.write(row?.quick_check ?? '')
