// Where our own things live on the web: the one place that knows the shape of our URLs.
import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * URL builders of one server; `origin` has no trailing slash. `sealKey` is the server's secret which proves that an
 * address of somebody else's media was handed out by us.
 */
export function createUrls(origin: string, sealKey = '') {
  const seal = (mediaId: number): string =>
    createHmac('sha256', sealKey).update(`media:${mediaId}`).digest('base64url').slice(0, 22)
  const pictureSeal = (postId: number, address: string): string =>
    createHmac('sha256', sealKey).update(`picture:${postId}:${address}`).digest('base64url').slice(0, 22)
  const user = (username: string): string => `${origin}/users/${username}`
  return {
    origin,
    /** The account's id on the wire; never changes. */
    account: user,
    profile: (username: string): string => `${origin}/@${username}`,
    inbox: (username: string): string => `${user(username)}/inbox`,
    outbox: (username: string): string => `${user(username)}/outbox`,
    followers: (username: string): string => `${user(username)}/followers`,
    following: (username: string): string => `${user(username)}/following`,
    featured: (username: string): string => `${user(username)}/collections/featured`,
    featuredTags: (username: string): string => `${user(username)}/collections/tags`,
    mainKey: (username: string): string => `${user(username)}#main-key`,
    ed25519Key: (username: string): string => `${user(username)}#ed25519-key`,
    sharedInbox: `${origin}/inbox`,
    instanceActor: `${origin}/actor`,
    post: (username: string, id: number): string => `${user(username)}/posts/${id}`,
    postPage: (username: string, id: number): string => `${origin}/@${username}/${id}`,
    /** One-shot activities that have no row of their own, such as follows: `kind` is a short word, `id` ours. */
    activity: (kind: string, id: number): string => `${origin}/activities/${kind}/${id}`,
    thread: (id: number): string => `${origin}/contexts/${id}`,
    tag: (name: string): string => `${origin}/tags/${encodeURIComponent(name)}`,
    emoji: (id: number): string => `${origin}/emojis/${id}`,
    media: (key: string): string => `${origin}/media/${key}`,
    /** A remote account's picture through our cache; `version` changes when the picture does. */
    accountImage: (id: number, which: 'avatar' | 'header', version: number): string =>
      `${origin}/media_proxy/accounts/${id}/${which}?v=${version}`,
    emojiImage: (id: number, version: number): string => `${origin}/media_proxy/emojis/${id}?v=${version}`,
    cardImage: (id: number, version: number): string => `${origin}/media_proxy/cards/${id}?v=${version}`,
    /** The first frame of a picture whose address one of the three above made. */
    stillImage: (url: string): string => `${url}&still=1`,
    /** Pictures for those who chose none. */
    missingAvatar: `${origin}/assets/missing-avatar.png`,
    missingHeader: `${origin}/assets/missing-header.png`,
    mediaProxy: (id: number, style: 'original' | 'small'): string =>
      `${origin}/media_proxy/${id}/${style}?k=${seal(id)}`,
    /** A picture inside the text of a post, by the address that stands there. */
    inlinePicture: (postId: number, address: string): string =>
      `${origin}/media_proxy/posts/${postId}/${pictureSeal(postId, address)}`,
    isPictureSeal: (postId: number, address: string, given: string): boolean =>
      isSame(pictureSeal(postId, address), given),
    /** Whether the `k` of a media proxy address is ours: only those who were shown the post know it. */
    isMediaSeal: (id: number, given: string): boolean => isSame(seal(id), given),
  }
}

function isSame(ours: string, given: string): boolean {
  const [one, other] = [Buffer.from(ours), Buffer.from(given)]
  return one.length === other.length && timingSafeEqual(one, other)
}

export type Urls = ReturnType<typeof createUrls>
