// Where our own things live on the web: the one place that knows the shape of our URLs.

/** URL builders of one server; `origin` has no trailing slash. */
export function createUrls(origin: string) {
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
    /** Pictures for those who chose none. */
    missingAvatar: `${origin}/assets/missing-avatar.png`,
    missingHeader: `${origin}/assets/missing-header.png`,
    mediaProxy: (id: number, style: 'original' | 'small'): string => `${origin}/media_proxy/${id}/${style}`,
  }
}

export type Urls = ReturnType<typeof createUrls>
