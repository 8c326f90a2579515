// Fills a fresh database with people and posts through the domain's own verbs, for benchmarks of ordinary size.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildHouse } from '../../src/house.ts'
import type { House } from '../../src/house.ts'
import { createAccount } from '../../src/domain/accounts/create-account.ts'
import { followAccount } from '../../src/domain/follows/follow-account.ts'
import { publishPost } from '../../src/domain/posts/publish-post.ts'
import { issueToken } from '../../src/domain/sign-in/tokens.ts'
import { readConfig } from '../../src/platform/config.ts'
import { enrich } from './rich-posts.ts'

const SCOPES = ['read', 'write', 'follow', 'push']

export interface Seeded {
  token: string
  accountId: number
  postId: number
  /** Of those whom the reader follows, where they are of this server. */
  authorTokens?: string[]
}

const SENTENCES = [
  'Good morning from the #market. The first apples are in, and somebody brought a dog that sings.',
  'Does anyone here know how to mend a bicycle pump? https://example.org/pumps looks promising.',
  'A long walk by the river today, three herons, and no rain until the very last bridge.',
  'Reading group on Thursday at seven: bring a chair, a cup, and an opinion about chapter nine. #books',
  'The choir is looking for low voices. Really low ones. You know who you are.',
]

export function benchEnvironment(directory: string): Record<string, string> {
  return {
    FOLKMOOT_DATA: directory,
    FOLKMOOT_RATE_LIMITS: 'off',
    FOLKMOOT_LOG_LEVEL: 'error',
    FOLKMOOT_URL: 'http://bench.test',
    FOLKMOOT_ALLOW_PRIVATE: '127.0.0.0/8',
  }
}

export async function openBenchHouse(directory: string): Promise<House> {
  return buildHouse(readConfig({ ...benchEnvironment(directory), PORT: '39990' }))
}

/** A reader who follows ten people with some forty posts between them, of all sorts. */
export async function seedSmall(directory: string): Promise<Seeded> {
  const house = await openBenchHouse(join(directory))
  const { ctx } = house
  const reader = await createAccount(ctx, {
    username: 'reader',
    email: 'reader@bench.test',
    password: 'correct horse',
    confirmed: true,
  })
  const postIds: number[] = []
  const authors: { accountId: number; token: string }[] = []
  for (let person = 0; person < 10; person += 1) {
    const author = await createAccount(ctx, { username: `person${person}`, confirmed: true })
    const { secret } = await issueToken(ctx, { appId: null, accountId: author.accountId, scopes: SCOPES })
    authors.push({ accountId: author.accountId, token: secret })
    await followAccount(ctx, reader.accountId, author.accountId)
    await house.settle()
    for (let number = 0; number < 4; number += 1) {
      const text = `${SENTENCES[(person + number) % SENTENCES.length]} @reader`
      const published = await publishPost(ctx, author.accountId, {
        text: number === 0 ? text : (SENTENCES[(person * 3 + number) % SENTENCES.length] as string),
        sourceType: 'text/plain',
        audience: 'public',
      })
      postIds.push(published.postId)
    }
  }
  await enrich(house, authors, postIds)
  await house.settle()
  const { secret } = await issueToken(ctx, {
    appId: null,
    accountId: reader.accountId,
    scopes: SCOPES,
  })
  await house.stop()
  return {
    token: secret,
    accountId: reader.accountId,
    postId: postIds.at(-5) ?? 0,
    authorTokens: authors.map(({ token }) => token),
  }
}

export interface SeededPlace {
  directory: string
  seeded: Seeded
  done: () => void
}

/** The database that `seed-large.ts` made in a directory, or a fresh small one that goes when it is done with. */
export async function openSeeded(large: string | undefined): Promise<SeededPlace> {
  if (large !== undefined) {
    const seeded = JSON.parse(readFileSync(join(large, 'seeded.json'), 'utf8')) as Seeded
    return { directory: large, seeded, done: () => {} }
  }
  const directory = mkdtempSync(join(tmpdir(), 'folkmoot-bench-'))
  const done = (): void => rmSync(directory, { recursive: true, force: true })
  return { directory, seeded: await seedSmall(directory), done }
}
