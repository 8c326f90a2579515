// Makes a large database for the other benchmarks: a million posts, a hundred thousand people elsewhere, 5,000 follows.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { growDatabase } from './lib/grow.ts'
import { seedSmall } from './lib/seed.ts'

const [directory, posts = '1000000', accounts = '100000', follows = '5000'] = process.argv.slice(2)
if (directory === undefined) {
  console.error('Usage: node bench/seed-large.ts DIRECTORY [POSTS] [ACCOUNTS] [FOLLOWS]')
  process.exit(1)
}
mkdirSync(directory, { recursive: true })
const began = performance.now()
const seeded = await seedSmall(directory)
const size = { posts: Number(posts), accounts: Number(accounts), follows: Number(follows) }
growDatabase(directory, seeded.accountId, size)
writeFileSync(join(directory, 'seeded.json'), JSON.stringify(seeded))
console.log(`${posts} posts in ${Math.round((performance.now() - began) / 1000)} s`)
