// Who may see a post: the one audience model of all protocols, and the one rule that every read passes.

/**
 * public: everyone, in public timelines; unlisted: everyone, quietly; followers: the author's followers;
 * circles: members of circles that the author chose (kept as recipients when posting); people: named people, shown in their home;
 * group: members of the group it was posted to; direct: only those mentioned, as a private conversation.
 */
export type Audience = 'public' | 'unlisted' | 'followers' | 'circles' | 'people' | 'group' | 'direct'

export const AUDIENCES: readonly Audience[] = [
  'public',
  'unlisted',
  'followers',
  'circles',
  'people',
  'group',
  'direct',
]

/** The facts about a post which the rule needs. */
export interface Guarded {
  accountId: number
  audience: Audience
  localOnly: boolean
}

/** How one asker stands to one post. `viewerId` is undefined for the anonymous. */
export interface Standing {
  viewerId: number | undefined
  /** The asker is an account of this server. */
  viewerIsLocal: boolean
  /** The asker follows the author, and the author accepted. */
  follows: boolean
  /** The post names the asker (mention, circle at the time of posting, named people). */
  isRecipient: boolean
  /** The asker is an accepted member of the group the post went to. */
  isGroupMember: boolean
  /** The author blocks the asker (or the asker's whole domain). */
  blockedByAuthor: boolean
  /** The author is suspended or deleted. */
  authorGone: boolean
  /** A moderator reads what was reported: whoever it was for. */
  isModerating?: boolean
}

/** The one rule: may this asker see this post? */
export function maySee(post: Guarded, standing: Standing): boolean {
  if (standing.isModerating === true) return true
  if (standing.authorGone) return false
  if (standing.viewerId === post.accountId) return true
  if (standing.blockedByAuthor) return false
  if (post.localOnly && !standing.viewerIsLocal) return false
  switch (post.audience) {
    case 'public':
    case 'unlisted':
      return true
    case 'followers':
      return standing.follows || standing.isRecipient
    case 'group':
      return standing.isGroupMember || standing.isRecipient
    case 'circles':
    case 'people':
    case 'direct':
      return standing.isRecipient
    default:
      return false
  }
}

/** Only these may be boosted by others, shown to the anonymous, put into feeds for outsiders, indexed. */
export function isOpen(audience: Audience): boolean {
  return audience === 'public' || audience === 'unlisted'
}
