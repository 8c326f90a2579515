// Which of one's lists a person is in.
import { useEffect, useState } from 'preact/hooks'
import type { Account, List } from '../../contract/entities.ts'
import { call, get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt } from '../ui/feedback.tsx'

export function ListsDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const [lists, setLists] = useState<List[]>([])
  const [inside, setInside] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    void attempt(async () => {
      const [all, mine] = await Promise.all([
        get<List[]>('/api/v1/lists'),
        get<List[]>(`/api/v1/accounts/${account.id}/lists`),
      ])
      setLists(all)
      setInside(new Set(mine.map((list) => list.id)))
    })
  }, [])
  const toggle = (list: List, on: boolean): void => {
    const body = { account_ids: [account.id] }
    void attempt(async () => {
      await call(on ? 'POST' : 'DELETE', `/api/v1/lists/${list.id}/accounts`, { body })
      const next = new Set(inside)
      if (on) next.add(list.id)
      else next.delete(list.id)
      setInside(next)
    })
  }
  return (
    <Dialog label={t('profile.lists')} onClose={onClose} titled small>
      <div class="form">
        {lists.length === 0 && (
          <p class="soft">
            {t('lists.emptyText')} <a href="/lists">{t('lists.new')}</a>
          </p>
        )}
        {lists.map((list) => (
          <label class="check" key={list.id}>
            <input
              type="checkbox"
              checked={inside.has(list.id)}
              onChange={(event) => toggle(list, event.currentTarget.checked)}
            />
            {list.title}
          </label>
        ))}
      </div>
    </Dialog>
  )
}
