// What the people who run this server want everybody to know, until one has read it.
import { useEffect, useState } from 'preact/hooks'
import type { Announcement } from '../../contract/entities.ts'
import { get, post } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { RichText } from '../post/rich-text.tsx'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

export function Announcements() {
  const [list, setList] = useState<Announcement[]>([])
  useEffect(() => {
    void get<Announcement[]>('/api/v1/announcements').then(
      (all) => setList(all.filter((one) => one.read !== true)),
      () => undefined,
    )
  }, [])
  const dismiss = (id: string): void =>
    void attempt(async () => {
      await post(`/api/v1/announcements/${id}/dismiss`)
      setList((old) => old.filter((one) => one.id !== id))
    })
  return (
    <>
      {list.map((one) => (
        <section class="announcement" key={one.id} aria-label={t('home.announcement')}>
          <Icon name="bell" />
          <RichText html={one.content} emojis={one.emojis} />
          <button
            class="icon-button"
            type="button"
            aria-label={t('ui.close')}
            onClick={() => dismiss(one.id)}
          >
            <Icon name="close" />
          </button>
        </section>
      ))}
    </>
  )
}
