// What everybody is told: now, at a certain time, or kept as a draft.
import { useState } from 'preact/hooks'
import type { AdminAnnouncement } from '../../contract/entities.ts'
import { call, post } from '../api/http.ts'
import { RichText } from '../post/rich-text.tsx'
import { sure, tell } from '../ui/feedback.tsx'
import { now } from '../ui/now.ts'
import { Shown, useGet } from './load.tsx'
import { Doing, Field, Lead, Tag, useForm, When } from './parts.tsx'
import { a } from './words.ts'

const PATH = '/api/v1/admin/announcements'

/** A time as the field for local times writes it. */
function toField(iso: string | null): string {
  if (iso === null) return ''
  const time = new Date(iso)
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const fromField = (text: string): string => (text === '' ? '' : new Date(text).toISOString())

interface FormProps {
  one: AdminAnnouncement | undefined
  done: () => Promise<void>
}

function AnnouncementForm({ one, done }: FormProps) {
  const [text, setText] = useState(one?.text ?? '')
  const [publishAt, setPublishAt] = useState(toField(one?.published_at ?? null))
  const [ends, setEnds] = useState(toField(one?.ends_at ?? null))
  const save = async (published: string | undefined): Promise<void> => {
    const body = {
      text,
      ends_at: fromField(ends),
      ...(published === undefined ? {} : { published_at: published }),
    }
    if (one) await call('PUT', `${PATH}/${one.id}`, { body })
    else await post(PATH, body)
    tell(a('done'))
    if (!one) {
      setText('')
      setPublishAt('')
      setEnds('')
    }
    await done()
  }
  const { busy, submit } = useForm(() =>
    save(publishAt === '' ? new Date().toISOString() : fromField(publishAt)),
  )
  return (
    <form class="form flat" onSubmit={submit}>
      <Field label={a('news.text')} hint={a('news.textHint')}>
        <textarea
          class="field"
          rows={4}
          required
          maxLength={10_000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Field label={a('news.from')} hint={a('news.fromHint')}>
        <input
          class="field"
          type="datetime-local"
          value={publishAt}
          onInput={(event) => setPublishAt(event.currentTarget.value)}
        />
      </Field>
      <Field label={a('news.until')} hint={a('news.untilHint')}>
        <input
          class="field"
          type="datetime-local"
          value={ends}
          onInput={(event) => setEnds(event.currentTarget.value)}
        />
      </Field>
      <div class="admin-deeds">
        <button class="button slim" type="submit" disabled={busy || text.trim() === ''}>
          {publishAt === '' ? a('news.publish') : a('news.plan')}
        </button>
        <Doing label={a('news.draft')} disabled={text.trim() === ''} run={() => save('')} />
      </div>
    </form>
  )
}

function State({ one }: { one: AdminAnnouncement }) {
  if (one.published_at === null) return <Tag>{a('news.isDraft')}</Tag>
  if (Date.parse(one.published_at) > now.value)
    return (
      <Tag>
        {a('news.isPlanned')} <When at={one.published_at} />
      </Tag>
    )
  if (one.ends_at !== null && Date.parse(one.ends_at) < now.value) return <Tag>{a('news.isOver')}</Tag>
  return <Tag kind="good">{a('news.isOut')}</Tag>
}

export function Announcements() {
  const news = useGet<AdminAnnouncement[]>(PATH)
  const [editing, setEditing] = useState<string | undefined>(undefined)
  return (
    <div class="admin-page">
      <Lead>{a('news.lead')}</Lead>
      <h2 class="admin-title">{a('news.new')}</h2>
      <AnnouncementForm one={undefined} done={news.reload} />
      <Shown of={news} empty={<h2>{a('news.none')}</h2>}>
        {(list) => (
          <ul class="admin-cards">
            {list.map((one) => (
              <li class="card" key={one.id}>
                <State one={one} />
                {editing === one.id ? (
                  <AnnouncementForm
                    one={one}
                    done={async () => {
                      setEditing(undefined)
                      await news.reload()
                    }}
                  />
                ) : (
                  <RichText html={one.content} emojis={[]} />
                )}
                <div class="admin-deeds">
                  <button
                    class="button slim quiet"
                    type="button"
                    aria-label={`${a('edit')}: ${one.text.slice(0, 40)}`}
                    onClick={() => setEditing(editing === one.id ? undefined : one.id)}
                  >
                    {a('edit')}
                  </button>
                  <Doing
                    label={a('delete')}
                    describe={one.text.slice(0, 40)}
                    run={async () => {
                      if (!(await sure(a('news.deleteSure')))) return
                      await call('DELETE', `${PATH}/${one.id}`)
                      await news.reload()
                    }}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </div>
  )
}
