// Finds files that no row speaks of, left behind by crashes and by rows that are gone, and copies of pictures grown old.
import { forgetKeys, listLocalKeys, listOwnedKeys } from '../../store/file-owners.ts'
import type { FileOwner } from '../../store/file-owners.ts'
import { daysAgo, dropFiles } from './task.ts'
import type { Broom, Task } from './task.ts'

interface File {
  key: string
  modifiedAt: number
}

const CHUNK = 200

/** Files whose names begin with the id of the row they belong to. */
const BY_ID: readonly { folder: string; owner: FileOwner; ages: boolean }[] = [
  { folder: 'media/', owner: 'media', ages: false },
  { folder: 'cache/media/', owner: 'media', ages: false },
  { folder: 'cache/accounts/', owner: 'accounts', ages: true },
  { folder: 'cache/emojis/', owner: 'custom_emojis', ages: true },
  { folder: 'archives/', owner: 'archives', ages: false },
  { folder: 'cache/cards/', owner: 'cards', ages: true },
]

/** Pictures of this server's accounts and emojis, few enough to know all of them. */
const OF_OURS = [
  { folder: 'accounts/', owner: 'accounts' },
  { folder: 'emojis/', owner: 'custom_emojis' },
] as const

/** Each folder is walked in one step: a listing cannot be taken up in the middle. */
export const strayFiles: Task = {
  name: 'files that belong to nothing',
  async step(broom, from) {
    const folders = [
      ...BY_ID.map(
        ({ folder, owner, ages }) =>
          () =>
            sweepById(broom, folder, owner, ages),
      ),
      ...OF_OURS.map(
        ({ folder, owner }) =>
          () =>
            sweepOurs(broom, folder, owner),
      ),
      () => sweepParked(broom),
    ]
    const index = Number(from || 0)
    const count = (await folders[index]?.()) ?? 0
    return index + 1 < folders.length ? { count, next: String(index + 1) } : { count }
  },
}

/** Files old enough that whoever wrote them has written their row. */
async function* settledFiles(broom: Broom, folder: string): AsyncGenerator<File[]> {
  const before = daysAgo(broom, 1)
  let group: File[] = []
  for await (const { key, modifiedAt } of broom.files.list(folder)) {
    if (modifiedAt >= before) continue
    group.push({ key, modifiedAt })
    if (group.length < CHUNK) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

async function sweepById(broom: Broom, folder: string, owner: FileOwner, ages: boolean): Promise<number> {
  const { store } = broom.ctx
  const unusedSince = daysAgo(broom, broom.retention.mediaCacheDays)
  let count = 0
  for await (const files of settledFiles(broom, folder)) {
    const named = files.filter((file) => idOf(file.key, folder) !== undefined)
    const ids = [...new Set(named.map((file) => idOf(file.key, folder) ?? 0))]
    const owned = await listOwnedKeys(store.read, owner, ids)
    const stray = named.filter((file) => !owned.has(file.key)).map((file) => file.key)
    const old = named
      .filter((file) => ages && owned.has(file.key) && file.modifiedAt < unusedSince)
      .map((file) => file.key)
    if (old.length > 0) await store.write((tx) => forgetKeys(tx, owner, ids, old))
    await dropFiles(broom, [...stray, ...old])
    count += stray.length + old.length
  }
  return count
}

/** Undefined for a name that was not made here, which is left alone. */
function idOf(key: string, folder: string): number | undefined {
  const match = /^(\d{1,16})-/.exec(key.slice(folder.length))
  return match ? Number(match[1]) : undefined
}

async function sweepOurs(broom: Broom, folder: string, owner: 'accounts' | 'custom_emojis'): Promise<number> {
  let count = 0
  for await (const files of settledFiles(broom, folder)) {
    const owned = await listLocalKeys(broom.ctx.store.read, owner)
    const stray = files.map((file) => file.key).filter((key) => !owned.has(key))
    await dropFiles(broom, stray)
    count += stray.length
  }
  return count
}

/** Uploads wait for their treatment for minutes; after two days nobody will come for them. */
async function sweepParked(broom: Broom): Promise<number> {
  const before = daysAgo(broom, 2)
  let count = 0
  for await (const files of settledFiles(broom, 'uploads/')) {
    const old = files.filter((file) => file.modifiedAt < before).map((file) => file.key)
    await dropFiles(broom, old)
    count += old.length
  }
  return count
}
