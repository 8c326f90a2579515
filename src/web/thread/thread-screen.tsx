// A post with everything it answers and everything that answers it.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Context, Status } from '../../contract/entities.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import { offline } from '../api/connection.ts'
import { get } from '../api/http.ts'
import { findPost, keepPost } from '../api/posts.ts'
import type { PostSignal } from '../api/posts.ts'
import { composed } from '../compose/sent.ts'
import { Skeletons } from '../home/feed-view.tsx'
import { t } from '../i18n/words.ts'
import { LivePost } from '../post/live-post.tsx'
import { nameOf } from '../post/who.tsx'
import { Answers } from './answers.tsx'
import { threadOf } from './thread-order.ts'

interface Loaded {
  post: PostSignal
  ancestors: PostSignal[]
  descendants: Status[]
}

async function loadThread(id: string): Promise<Loaded> {
  const [status, context] = await Promise.all([
    get<Status>(`/api/v1/statuses/${id}`),
    get<Context>(`/api/v1/statuses/${id}/context`),
  ])
  for (const one of context.descendants) keepPost(one)
  return {
    post: keepPost(status),
    ancestors: context.ancestors.map(keepPost),
    descendants: context.descendants,
  }
}

function known(id: string): Loaded | undefined {
  const post = findPost(id)
  return post?.value ? { post, ancestors: [], descendants: [] } : undefined
}

export default function ThreadScreen({ place, params }: ScreenProps) {
  const id = params['id'] ?? ''
  const [thread, setThread] = useState<Loaded | undefined>(() => known(id))
  const [state, setState] = useState<'loading' | 'ready' | 'offline' | 'missing'>('loading')
  const focus = useRef<HTMLDivElement>(null)
  const sent = composed.value
  useEffect(() => {
    let current = true
    const load = async (): Promise<void> => {
      const loaded = await loadThread(id).catch(() => undefined)
      if (!current) return
      if (loaded) setThread(loaded)
      setState(loaded ? 'ready' : offline.peek() ? 'offline' : 'missing')
    }
    void load()
    return () => {
      current = false
    }
  }, [id, sent])
  useEffect(() => {
    if (state !== 'ready') return
    if (place.scroll > 0) scrollTo(0, place.scroll)
    else if ((thread?.ancestors.length ?? 0) > 0) focus.current?.scrollIntoView({ block: 'start' })
    else scrollTo(0, 0)
  }, [state])
  if (state === 'missing') return <Missing />
  if (!thread && state === 'offline') return <Missing offline />
  if (!thread)
    return (
      <ScreenFrame title={t('thread.heading')} deep>
        <Skeletons />
      </ScreenFrame>
    )
  const status = thread.post.value
  if (!status) return <Missing />
  return (
    <ScreenFrame title={`${nameOf(status.account)}: ${t('thread.heading')}`} head={t('thread.heading')} deep>
      <div class="thread">
        {thread.ancestors.map((post) => (
          <LivePost post={post} threaded key={post.peek()?.id} />
        ))}
        <div ref={focus} class="thread-focus">
          <LivePost post={thread.post} focused />
        </div>
        {state === 'loading' && <Skeletons />}
        {state === 'offline' && <p class="feed-end">{t('offline.thread')}</p>}
        {state === 'ready' && <Answers branches={threadOf(status.id, thread.descendants)} />}
      </div>
    </ScreenFrame>
  )
}
