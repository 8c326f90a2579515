// Posts with everything that hangs on them, the feeds they appear in, and what people are told about them.
import type { Migration } from '../migrate.ts'
import { createTable } from './table.ts'
import type { TableShape } from './table.ts'

const tables: Record<string, TableShape> = {
  posts: {
    columns: `
      id int
      uri text
      url text?
      guid text?
      account_id int
      kind text ='note'
      local flag
      audience text
      local_only flag =0
      in_public flag =0
      in_reply_to_id int?
      in_reply_to_account_id int?
      in_reply_to_uri text?
      thread_id int
      context_uri text?
      boost_of_id int?
      quote_of_id int?
      quote_uri text?
      quote_state text?
      quote_policy text ='public'
      group_id int?
      app_id int?
      title text =''
      content text =''
      source text?
      source_type text ='text/plain'
      spoiler_text text =''
      sensitive flag =0
      language text?
      emoji_ids text ='[]'
      replies_uri text?
      published_at int
      created_at int
      edited_at int?
      replies_count int =0
      boosts_count int =0
      likes_count int =0
      dislikes_count int =0
      quotes_count int =0`,
    primary: 'id',
    unique: ['uri'],
    indexes: [
      'account_id, id',
      'in_reply_to_id, id where in_reply_to_id is not null',
      'in_reply_to_uri where in_reply_to_uri is not null',
      'thread_id, id',
      'boost_of_id, account_id where boost_of_id is not null',
      'quote_of_id, id where quote_of_id is not null',
      'id where in_public = 1',
      'id where in_public = 1 and local = 1',
      'guid where guid is not null',
      'group_id, id where group_id is not null',
      'created_at where local = 0',
    ],
  },
  post_raw: {
    columns: `
      post_id int
      raw text`,
    primary: 'post_id',
  },
  post_recipients: {
    columns: `
      post_id int
      account_id int
      kind text`,
    primary: 'post_id, account_id',
    clustered: true,
    indexes: ['account_id, post_id'],
  },
  post_circles: {
    columns: `
      post_id int
      circle_id int`,
    primary: 'post_id, circle_id',
    clustered: true,
    indexes: ['circle_id, post_id'],
  },
  post_edits: {
    columns: `
      id int
      post_id int
      edited_at int
      snapshot text`,
    primary: 'id',
    indexes: ['post_id, id'],
  },
  tags: {
    columns: `
      id int
      name key
      display_name text
      created_at int
      last_used_at int?
      usable flag =1
      trendable flag?
      listable flag =1
      reviewed_at int?`,
    primary: 'id',
    unique: ['name'],
  },
  post_tags: {
    columns: `
      tag_id int
      post_id int`,
    primary: 'tag_id, post_id',
    clustered: true,
    indexes: ['post_id'],
  },
  tag_follows: {
    columns: `
      account_id int
      tag_id int
      id int`,
    primary: 'account_id, tag_id',
    clustered: true,
    indexes: ['tag_id, account_id', 'account_id, id'],
  },
  featured_tags: {
    columns: `
      id int
      account_id int
      tag_id int
      posts_count int =0
      last_post_at int?`,
    primary: 'id',
    unique: ['account_id, tag_id'],
  },
  tag_days: {
    columns: `
      tag_id int
      day int
      uses int =0
      accounts int =0`,
    primary: 'tag_id, day',
    clustered: true,
    indexes: ['day, accounts'],
  },
  media: {
    columns: `
      id int
      account_id int
      post_id int?
      position int =0
      kind text
      state text ='ready'
      content_type text?
      bytes int =0
      file_key text?
      preview_key text?
      remote_url text?
      remote_preview_url text?
      description text?
      blurhash text?
      meta text ='{}'
      created_at int
      cached_at int?
      used_at int?`,
    primary: 'id',
    indexes: [
      'post_id, position',
      'account_id, id',
      'cached_at where cached_at is not null',
      'created_at where post_id is null',
    ],
  },
  polls: {
    columns: `
      post_id int
      options text
      multiple flag =0
      hide_totals flag =0
      expires_at int?
      ended_at int?
      voters_count int?
      fetched_at int?`,
    primary: 'post_id',
    indexes: ['expires_at where ended_at is null'],
  },
  poll_votes: {
    columns: `
      id int
      post_id int
      account_id int
      choice int
      uri text?
      created_at int`,
    primary: 'id',
    unique: ['post_id, account_id, choice'],
  },
  events: {
    columns: `
      post_id int
      starts_at int
      ends_at int?
      timezone text?
      place text ='{}'
      status text ='confirmed'
      join_mode text ='free'
      capacity int?
      details text ='{}'
      yes_count int =0
      maybe_count int =0
      no_count int =0`,
    primary: 'post_id',
    indexes: ['starts_at'],
  },
  event_answers: {
    columns: `
      post_id int
      account_id int
      answer text
      uri text?
      created_at int`,
    primary: 'post_id, account_id',
    clustered: true,
    indexes: ['account_id, post_id'],
  },
  reactions: {
    columns: `
      id int
      post_id int
      account_id int
      kind text
      emoji text =''
      emoji_id int?
      uri text?
      created_at int`,
    primary: 'id',
    unique: ['post_id, account_id, kind, emoji'],
    indexes: ['account_id, kind, id', 'post_id, kind, id', 'uri where uri is not null'],
  },
  bookmarks: {
    columns: `
      account_id int
      post_id int
      id int`,
    primary: 'account_id, post_id',
    clustered: true,
    indexes: ['account_id, id', 'post_id'],
  },
  pins: {
    columns: `
      account_id int
      post_id int
      id int`,
    primary: 'account_id, post_id',
    clustered: true,
    indexes: ['account_id, id', 'post_id'],
  },
  thread_mutes: {
    columns: `
      account_id int
      thread_id int`,
    primary: 'account_id, thread_id',
    clustered: true,
    indexes: ['thread_id, account_id'],
  },
  feed_entries: {
    columns: `
      feed_id int
      post_id int
      author_id int
      boost_of_id int?`,
    primary: 'feed_id, post_id',
    clustered: true,
    indexes: ['feed_id, boost_of_id where boost_of_id is not null', 'post_id'],
  },
  conversations: {
    columns: `
      id int
      account_id int
      thread_id int
      last_post_id int
      participants text
      unread flag =1`,
    primary: 'id',
    unique: ['account_id, thread_id'],
    indexes: ['account_id, last_post_id'],
  },
  notifications: {
    columns: `
      id int
      account_id int
      kind text
      from_id int
      subject_id int =0
      post_id int?
      group_key text?
      filtered flag =0
      created_at int`,
    primary: 'id',
    unique: ['account_id, kind, from_id, subject_id'],
    indexes: [
      'account_id, filtered, id',
      'account_id, group_key, id',
      'post_id where post_id is not null',
      'from_id, account_id',
    ],
  },
  notification_policies: {
    columns: `
      account_id int
      policy text`,
    primary: 'account_id',
  },
  notification_requests: {
    columns: `
      id int
      account_id int
      from_id int
      last_post_id int?
      notifications_count int =0
      created_at int
      updated_at int`,
    primary: 'id',
    unique: ['account_id, from_id'],
    indexes: ['account_id, id'],
  },
  notification_permissions: {
    columns: `
      account_id int
      from_id int`,
    primary: 'account_id, from_id',
    clustered: true,
  },
  markers: {
    columns: `
      account_id int
      timeline text
      last_read_id int
      version int =1
      updated_at int`,
    primary: 'account_id, timeline',
    clustered: true,
  },
  filters: {
    columns: `
      id int
      account_id int
      title text
      contexts text
      action text ='warn'
      expires_at int?
      created_at int`,
    primary: 'id',
    indexes: ['account_id, id'],
  },
  filter_keywords: {
    columns: `
      id int
      filter_id int
      keyword text
      whole_word flag =1`,
    primary: 'id',
    indexes: ['filter_id, id'],
  },
  filter_posts: {
    columns: `
      id int
      filter_id int
      post_id int`,
    primary: 'id',
    unique: ['filter_id, post_id'],
  },
  idempotency: {
    columns: `
      account_id int
      key text
      result text
      created_at int`,
    primary: 'account_id, key',
    clustered: true,
    indexes: ['created_at'],
  },
  scheduled_posts: {
    columns: `
      id int
      account_id int
      params text
      scheduled_at int
      created_at int`,
    primary: 'id',
    indexes: ['account_id, id', 'scheduled_at'],
  },
  cards: {
    columns: `
      id int
      url text
      state text ='ready'
      card text ='{}'
      image_key text?
      image_remote_url text?
      fetched_at int?
      created_at int`,
    primary: 'id',
    unique: ['url'],
  },
  post_cards: {
    columns: `
      post_id int
      card_id int`,
    primary: 'post_id',
    indexes: ['card_id, post_id'],
  },
}

export const migration: Migration = {
  name: '0002-posts',
  async up(db, dialect) {
    for (const [name, shape] of Object.entries(tables)) await createTable(db, dialect, name, shape)
    await dialect.createSearchIndex(db, 'post_search')
  },
}
