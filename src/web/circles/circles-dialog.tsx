// Which of one's circles a person is in.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Circle } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { attempt } from '../ui/feedback.tsx'
import { changeMember, circles, loadCircles } from './circles.ts'
import { NewCircle } from './new-circle.tsx'

export default function CirclesDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [inside, setInside] = useState<ReadonlySet<string> | undefined>(undefined)
  useEffect(() => {
    void attempt(async () => {
      const [mine] = await Promise.all([
        get<Circle[]>(`/api/v1/accounts/${account.id}/circles`),
        loadCircles(),
      ])
      setInside(new Set(mine.map((circle) => circle.id)))
    })
  }, [])
  const toggle = (id: string, isIn: boolean): void =>
    void attempt(async () => {
      await changeMember(id, account, isIn)
      const next = new Set(inside)
      if (isIn) next.add(id)
      else next.delete(id)
      setInside(next)
    })
  const all = circles.value ?? []
  return (
    <Dialog label={t('circles.of', { name: nameOf(account) })} onClose={onClose} titled small>
      <div class="form">
        <p class="soft small">{t('circles.explain')}</p>
        {inside &&
          all.map((circle) => (
            <label class="check" key={circle.id}>
              <input
                type="checkbox"
                checked={inside.has(circle.id)}
                onChange={(event) => toggle(circle.id, event.currentTarget.checked)}
              />
              <span dir="auto">{circle.title}</span>
            </label>
          ))}
        <NewCircle kind="chooser-line" onMade={(circle) => toggle(circle.id, true)} />
      </div>
    </Dialog>
  )
}
