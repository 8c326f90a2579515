// Gives posts what real ones have: pictures, link previews, custom emoji, polls and boosts.
import type { House } from '../../src/house.ts'
import { boostPost } from '../../src/domain/posts/boost-post.ts'
import { publishPost } from '../../src/domain/posts/publish-post.ts'

interface Author {
  accountId: number
}

const META = JSON.stringify({
  original: { width: 1600, height: 1200, size: '1600x1200', aspect: 1.333 },
  small: { width: 640, height: 480, size: '640x480', aspect: 1.333 },
  focus: { x: 0.1, y: -0.3 },
})

const CARD = JSON.stringify({
  url: 'https://example.org/pumps',
  title: 'How to mend a pump in an afternoon',
  description:
    'Everything that one needs is a piece of leather, some grease and a patient friend who holds the lamp.',
  type: 'link',
  provider_name: 'Example',
})

/** Of each five posts one has two pictures, one a link preview and one an emoji; some people ask and pass on as well. */
export async function enrich(
  house: House,
  authors: readonly Author[],
  postIds: readonly number[],
): Promise<void> {
  const { ctx } = house
  const now = ctx.clock.now()
  const emoji = ctx.ids.next()
  const card = ctx.ids.next()
  await ctx.store.write(async (tx) => {
    await tx
      .insertInto('custom_emojis')
      .values({
        id: emoji,
        shortcode: 'heron',
        file_key: 'heron.png',
        static_key: 'heron.png',
        created_at: now,
        updated_at: now,
      })
      .execute()
    await tx
      .insertInto('cards')
      .values({
        id: card,
        url: 'https://example.org/pumps',
        state: 'ready',
        card: CARD,
        created_at: now,
        fetched_at: now,
      })
      .execute()
    for (const [index, postId] of postIds.entries()) {
      const author = authors[index % authors.length] as Author
      if (index % 5 === 0)
        for (const position of [0, 1])
          await tx
            .insertInto('media')
            .values({
              id: ctx.ids.next(),
              account_id: author.accountId,
              post_id: postId,
              position,
              kind: 'image',
              state: 'ready',
              content_type: 'image/jpeg',
              bytes: 200_000,
              file_key: `media/${postId}-${position}.jpg`,
              preview_key: `media/${postId}-${position}-small.jpg`,
              description:
                'A heron in the shallow water, looking to the left, with a fish that it did not expect.',
              blurhash: 'UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH',
              meta: META,
              created_at: now,
            })
            .execute()
      if (index % 5 === 1)
        await tx.insertInto('post_cards').values({ post_id: postId, card_id: card }).execute()
      if (index % 5 === 2)
        await tx
          .updateTable('posts')
          .set({ emoji_ids: JSON.stringify([emoji]) })
          .where('id', '=', postId)
          .execute()
    }
  })
  for (const [index, { accountId }] of authors.entries()) {
    if (index % 3 === 0) await boostPost(ctx, accountId, postIds[(index * 7) % postIds.length] as number)
    if (index % 5 === 0)
      await publishPost(ctx, accountId, {
        text: 'Where do we meet on Thursday?',
        sourceType: 'text/plain',
        audience: 'public',
        poll: {
          options: ['By the river', 'At the market', 'At mine'],
          expiresInSeconds: 86_400,
          multiple: false,
          hideTotals: false,
        },
      })
    await house.settle()
  }
}
