// Watches the rows that memories are made of: triggers of this connection alone call back whenever one is written.
import { createChangeBook } from './row-changes.ts'
import type { ChangeBook, Touched } from './row-changes.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

const KINDS: readonly Touched[] = ['post', 'account', 'reader', 'readers', 'holders', 'everything']

const say = (touched: Touched, id = '0'): string =>
  `select folkmoot_touched(${KINDS.indexOf(touched)}, ${id});`

type Moment = 'insert' | 'update' | 'delete'

interface Watch {
  table: string
  on: readonly Moment[]
  /** Only when one of these columns is written. */
  columns?: string
  when?: string
  /** What is touched, of the row as it was or will be. */
  does: (row: 'old' | 'new') => string
}

const ALL: readonly Moment[] = ['insert', 'update', 'delete']

const byAccount = (table: string): Watch => ({
  table,
  on: ALL,
  does: (row) => say('reader', `${row}.account_id`),
})

const partOfPost = (table: string): Watch => ({
  table,
  on: ALL,
  does: (row) => say('post', `${row}.post_id`),
})

const betweenTwo = (table: string): Watch => ({
  table,
  on: ALL,
  does: (row) => say('reader', `${row}.account_id`) + say('reader', `${row}.target_id`),
})

const ofFilter = (table: string): Watch => ({
  table,
  on: ALL,
  does: (row) =>
    `select folkmoot_touched(${KINDS.indexOf('reader')}, account_id) from filters where id = ${row}.filter_id;`,
})

const WATCHES: readonly Watch[] = [
  { table: 'posts', on: ['update', 'delete'], does: (row) => say('post', `${row}.id`) },
  {
    table: 'posts',
    on: ['update'],
    columns: 'thread_id, group_id, account_id, boost_of_id',
    does: () => say('readers'),
  },
  {
    table: 'posts',
    on: ['insert', 'delete'],
    when: 'boost_of_id is not null',
    does: (row) => say('reader', `${row}.account_id`),
  },
  { table: 'accounts', on: ['update', 'delete'], does: (row) => say('account', `${row}.id`) },
  {
    table: 'accounts',
    on: ['update'],
    columns: 'username, domain, url, uri, suspended_at, deleted_at, moved_to_id',
    does: () => say('everything'),
  },
  { table: 'users', on: ALL, does: (row) => say('account', `${row}.account_id`) + say('holders') },
  { table: 'tokens', on: ['update', 'delete'], does: () => say('holders') },
  { table: 'apps', on: ['update', 'delete'], does: () => say('everything') },
  { table: 'custom_emojis', on: ['update', 'delete'], does: () => say('everything') },
  { table: 'tags', on: ['update'], columns: 'name', does: () => say('everything') },
  partOfPost('media'),
  partOfPost('post_tags'),
  partOfPost('polls'),
  partOfPost('events'),
  partOfPost('post_cards'),
  {
    table: 'cards',
    on: ['update'],
    does: (row) =>
      `select folkmoot_touched(${KINDS.indexOf('post')}, post_id) from post_cards where card_id = ${row}.id;`,
  },
  partOfPost('post_recipients'),
  ...['post_recipients', 'poll_votes', 'reactions', 'bookmarks', 'pins', 'thread_mutes'].map(byAccount),
  ...['memberships', 'filters', 'account_domain_blocks'].map(byAccount),
  ...['follows', 'blocks', 'mutes', 'account_notes', 'endorsements'].map(betweenTwo),
  ofFilter('filter_keywords'),
  ofFilter('filter_posts'),
]

function triggersOf(watch: Watch, index: number): string[] {
  return watch.on.map((moment) => {
    const of = watch.columns === undefined ? '' : ` of ${watch.columns}`
    const when = watch.when === undefined ? '' : ` when ${moment === 'delete' ? 'old' : 'new'}.${watch.when}`
    // An update touches what the row was part of and what it is part of now.
    const rows =
      moment === 'insert'
        ? (['new'] as const)
        : moment === 'delete'
          ? (['old'] as const)
          : (['old', 'new'] as const)
    const deeds = [...new Set(rows.map(watch.does))].join(' ')
    return `create temp trigger watch_${index}_${moment} after ${moment}${of} on main.${watch.table}${when} begin ${deeds} end`
  })
}

/**
 * Begins to watch; all tables must be there. The triggers are temporary: they exist for this connection only, and
 * other processes are noticed by the file's `data_version`.
 */
export function watchRows(writing: SqliteConnection): ChangeBook {
  const book = createChangeBook(() => writing.all('pragma data_version', [])[0]?.['data_version'])
  writing.define('folkmoot_touched', (kind, id) => {
    // Parts of nothing (media without a post) have no id.
    if (id !== null) book.touch(KINDS[Number(kind)] as Touched, Number(id))
    return null
  })
  writing.script(`${WATCHES.flatMap(triggersOf).join(';\n')};`)
  return book
}
