// The streams that clients may open: their names, what they need, and which channels they hear.
import { ANNOUNCEMENTS_CHANNEL } from '../../../domain/announcements/tell-listeners.ts'
import { ownsList } from '../../../domain/lists/find-own-list.ts'
import { parseId } from '../../../lib/id.ts'
import { normalizeTag } from '../../../lib/text/hashtag.ts'
import type { PostView } from '../../../model/post-view.ts'
import type { Api } from '../api.ts'
import type { Caller } from '../http/caller.ts'
import { includesScope } from '../http/scopes.ts'

/** What a client asks for; `name` is as in the documentation of the API. */
export interface StreamRequest {
  name: string
  tag?: string | undefined
  list?: string | undefined
  onlyMedia?: boolean
}

export interface Stream {
  /** As it stands in messages: the name, and the tag or list where there is one. */
  label: readonly string[]
  channels: readonly string[]
  /** Only posts in languages that the reader chose. */
  byLanguage: boolean
  accepts(view: PostView): boolean
}

/** Why a stream cannot be opened; shown to the client. */
export class StreamRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503
  constructor(status: StreamRefusal['status'], text: string) {
    super(text)
    this.name = 'StreamRefusal'
    this.status = status
  }
}

const PUBLIC: Record<string, string> = {
  public: 'public',
  'public:local': 'public:local',
  'public:remote': 'public:remote',
}

function requireScopes(caller: Caller, scopes: readonly string[]): void {
  if (!scopes.some((scope) => includesScope(caller.scopes, scope)))
    throw new StreamRefusal(401, 'Access token does not have the required scopes')
}

/** Checks that the caller may open the stream. Throws StreamRefusal. */
export async function readStream(api: Api, caller: Caller, request: StreamRequest): Promise<Stream> {
  const { accountId } = caller
  if (accountId === null) throw new StreamRefusal(401, 'The access token belongs to no user')
  const { name } = request
  const isNotification = name === 'user:notification'
  requireScopes(caller, isNotification ? ['read', 'read:notifications'] : ['read', 'read:statuses'])
  const hearsNotices = includesScope(caller.scopes, 'read:notifications')
  const all = (): boolean => true
  switch (name) {
    case 'user':
      return {
        label: [name],
        channels: [
          `home:${accountId}`,
          ANNOUNCEMENTS_CHANNEL,
          ...(hearsNotices ? [`notifications:${accountId}`] : []),
        ],
        byLanguage: false,
        accepts: all,
      }
    case 'user:notification':
      return { label: [name], channels: [`notifications:${accountId}`], byLanguage: false, accepts: all }
    case 'direct':
      return { label: [name], channels: [`direct:${accountId}`], byLanguage: false, accepts: all }
    case 'list':
      return listStream(api, accountId, request.list)
    case 'hashtag':
    case 'hashtag:local':
      return tagStream(name, request.tag)
    default:
      return publicStream(request)
  }
}

function publicStream({ name, onlyMedia }: StreamRequest): Stream {
  const channel = PUBLIC[name.replace(/:media$/, '')]
  if (channel === undefined) throw new StreamRefusal(400, 'Unknown channel requested')
  const mediaOnly = onlyMedia === true || name.endsWith(':media')
  return {
    label: [name],
    channels: [channel],
    byLanguage: true,
    accepts: (view) => !mediaOnly || view.media.length > 0,
  }
}

function tagStream(name: string, tag: string | undefined): Stream {
  const normal = tag === undefined ? undefined : normalizeTag(tag)
  if (tag === undefined || normal === undefined) throw new StreamRefusal(400, 'Missing tag name parameter')
  const localOnly = name === 'hashtag:local'
  return {
    label: [name, tag.slice(0, 200)],
    channels: [`tag:${normal}`],
    byLanguage: true,
    accepts: (view) => !localOnly || view.post.local === 1,
  }
}

async function listStream(api: Api, accountId: number, list: string | undefined): Promise<Stream> {
  if (list === undefined || list === '') throw new StreamRefusal(400, 'Missing list parameter')
  const listId = parseId(list)
  if (listId === undefined || !(await ownsList(api, accountId, listId)))
    throw new StreamRefusal(401, 'Not authorized to stream this list')
  return { label: ['list', list], channels: [`list:${listId}`], byLanguage: false, accepts: () => true }
}
