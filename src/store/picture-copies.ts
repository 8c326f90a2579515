// Where the copies lie of pictures that stand for something: accounts, custom emojis, link previews.
import type { Kysely, Selectable } from 'kysely'
import type { CardsTable, CustomEmojisTable, Tables } from './schema.ts'

type Db = Kysely<Tables>

export async function findEmojiPicture(
  db: Db,
  id: number,
): Promise<Selectable<CustomEmojisTable> | undefined> {
  return db.selectFrom('custom_emojis').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findCardPicture(db: Db, id: number): Promise<Selectable<CardsTable> | undefined> {
  return db.selectFrom('cards').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A copy of what lies at `url`, and where we keep it. */
export interface PictureCopy {
  id: number
  url: string
  key: string
  staticKey: string
}

/** Each says whether the copy is kept: not when the picture has changed meanwhile. */
export async function keepAccountPicture(
  db: Db,
  which: 'avatar' | 'header',
  copy: PictureCopy,
): Promise<boolean> {
  const change =
    which === 'avatar'
      ? { avatar_key: copy.key, avatar_static_key: copy.staticKey }
      : { header_key: copy.key, header_static_key: copy.staticKey }
  const rows = await db
    .updateTable('accounts')
    .set(change)
    .where('id', '=', copy.id)
    .where(which === 'avatar' ? 'avatar_remote_url' : 'header_remote_url', '=', copy.url)
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function keepEmojiPicture(db: Db, copy: PictureCopy): Promise<boolean> {
  const rows = await db
    .updateTable('custom_emojis')
    .set({ file_key: copy.key, static_key: copy.staticKey })
    .where('id', '=', copy.id)
    .where('remote_url', '=', copy.url)
    .returning('id')
    .execute()
  return rows.length > 0
}

export async function keepCardPicture(db: Db, copy: PictureCopy): Promise<boolean> {
  const rows = await db
    .updateTable('cards')
    .set({ image_key: copy.key })
    .where('id', '=', copy.id)
    .where('image_remote_url', '=', copy.url)
    .returning('id')
    .execute()
  return rows.length > 0
}
