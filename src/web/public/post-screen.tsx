// One post with the thread around it, for visitors.
import type { Context, Instance, Status } from '../../contract/entities.ts'
import { t } from '../i18n/words.ts'
import { Post } from '../post/post.tsx'
import { nameOf } from '../post/who.tsx'
import { postPath } from '../post/post-extras.tsx'
import { plainText } from './plain-text.ts'
import type { PageRequest, Screen } from './page-request.ts'
import { RemoteFollow } from './remote-follow.tsx'

/** What a preview elsewhere may say: nothing that the author put behind a warning. */
export function summaryOf(status: Status): string {
  return status.spoiler_text === '' ? plainText(status.content ?? '', 280) : status.spoiler_text
}

function previewImage(status: Status): string | undefined {
  if (status.sensitive || status.spoiler_text !== '') return undefined
  return status.media_attachments.find((media) => media.type === 'image')?.url ?? undefined
}

function Thread({ status, context, now }: { status: Status; context: Context; now: number }) {
  return (
    <div class="posts">
      {context.ancestors.map((one) => (
        <Post status={one} now={now} threaded key={one.id} />
      ))}
      <Post status={status} now={now} focused />
      {context.descendants.map((one, index) => (
        <Post
          status={one}
          now={now}
          threaded={context.descendants[index + 1]?.in_reply_to_id === one.id}
          key={one.id}
        />
      ))}
    </div>
  )
}

export async function postScreen(
  request: PageRequest,
  instance: Instance,
  status: Status,
): Promise<() => Screen> {
  const loaded = await request.load(`/api/v1/statuses/${status.id}/context`)
  const context = loaded.status === 200 ? (loaded.body as Context) : { ancestors: [], descendants: [] }
  const name = nameOf(status.account)
  const address = `${status.account.acct}@${instance.domain}`
  const summary = summaryOf(status)
  const image = previewImage(status)
  const path = postPath(status)
  const url = `${request.origin}${path}`
  return () => ({
    title:
      summary === '' ? t('thread.by', { name }) : t('thread.title', { name, text: plainText(summary, 80) }),
    description: summary,
    image: image ?? status.account.avatar_static,
    kind: 'article',
    canonical: url,
    noindex: status.account.noindex === true || status.visibility !== 'public',
    alternates: [
      { type: 'application/activity+json', href: status.uri },
      {
        type: 'application/json+oembed',
        href: `${request.origin}/api/oembed?url=${encodeURIComponent(url)}&format=json`,
        title: t('thread.by', { name }),
      },
    ],
    author: `@${address}`,
    content: (
      <div class="column">
        <h1 class="hidden-text">{t('thread.by', { name })}</h1>
        <div class="card">
          <Thread status={status} context={context} now={request.now} />
        </div>
        <section class="card prose" aria-labelledby="answer">
          <h2 id="answer">{t('thread.answer')}</h2>
          <RemoteFollow uri={status.uri} back={path} />
        </section>
      </div>
    ),
  })
}
