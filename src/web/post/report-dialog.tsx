// Telling the moderators about a post or a person: why, which rules, which posts, and whether their server is told as well.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Report, Status } from '../../contract/entities.ts'
import { get, post } from '../api/http.ts'
import { instance } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { plainText } from '../public/plain-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { attempt, tell } from '../ui/feedback.tsx'
import { nameOf } from './who.tsx'

const CATEGORIES = ['spam', 'legal', 'violation', 'other'] as const
type Category = (typeof CATEGORIES)[number]

function Why({ chosen, choose }: { chosen: Category; choose: (category: Category) => void }) {
  const possible = CATEGORIES.filter((one) => one !== 'violation' || instance.rules.length > 0)
  return (
    <fieldset class="choices column-choices">
      <legend>{t('report.why')}</legend>
      {possible.map((one) => (
        <label key={one}>
          <input type="radio" name="category" checked={chosen === one} onChange={() => choose(one)} />
          <span>{t(`report.${one}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface PickProps {
  legend: string
  items: readonly { id: string; text: string }[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

function Pick({ legend, items, chosen, onChange }: PickProps) {
  return (
    <fieldset class="pick">
      <legend>{legend}</legend>
      {items.map(({ id, text }) => (
        <label class="check" key={id}>
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={(event) => {
              const next = new Set(chosen)
              if (event.currentTarget.checked) next.add(id)
              else next.delete(id)
              onChange(next)
            }}
          />
          <span dir="auto">{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** The post itself first, then the author's newest others. */
function useOthers(account: Account, status: Status | undefined): Status[] {
  const [others, setOthers] = useState<Status[]>(status ? [status] : [])
  useEffect(() => {
    get<Status[]>(`/api/v1/accounts/${account.id}/statuses?limit=10&exclude_reblogs=true`).then(
      (found) => setOthers((old) => [...old, ...found.filter((one) => one.id !== status?.id)].slice(0, 8)),
      () => undefined,
    )
  }, [])
  return others
}

function lineOf(status: Status): string {
  const text = plainText(status.spoiler_text || (status.content ?? ''), 90)
  return text === '' ? t('post.image') : text
}

interface ReportProps {
  account: Account
  status?: Status
  onClose: () => void
}

interface Wish {
  category: Category
  rules: ReadonlySet<string>
  posts: ReadonlySet<string>
  comment: string
  forward: boolean
}

async function send(account: Account, wish: Wish): Promise<boolean> {
  const violation = wish.category === 'violation'
  return attempt(() =>
    post<Report>('/api/v1/reports', {
      account_id: account.id,
      status_ids: [...wish.posts],
      rule_ids: violation ? [...wish.rules] : [],
      category: wish.category,
      comment: wish.comment,
      forward: wish.forward,
    }),
  )
}

function Fields({
  account,
  status,
  wish,
  change,
}: ReportProps & { wish: Wish; change: (part: Partial<Wish>) => void }) {
  const others = useOthers(account, status)
  const domain = account.acct.split('@')[1]
  return (
    <>
      <Why chosen={wish.category} choose={(category) => change({ category })} />
      {wish.category === 'violation' && (
        <Pick
          legend={t('report.rules')}
          items={instance.rules.map((rule) => ({ id: rule.id, text: rule.text }))}
          chosen={wish.rules}
          onChange={(rules) => change({ rules })}
        />
      )}
      {others.length > 0 && (
        <Pick
          legend={t('report.posts')}
          items={others.map((one) => ({ id: one.id, text: lineOf(one) }))}
          chosen={wish.posts}
          onChange={(posts) => change({ posts })}
        />
      )}
      <label>
        {t('report.comment')}
        <textarea
          class="field"
          rows={3}
          maxLength={1000}
          value={wish.comment}
          onInput={(event) => change({ comment: event.currentTarget.value })}
        />
      </label>
      {domain !== undefined && (
        <label class="check">
          <input
            type="checkbox"
            checked={wish.forward}
            onChange={(event) => change({ forward: event.currentTarget.checked })}
          />
          {t('report.forward', { domain })}
        </label>
      )}
    </>
  )
}

export function ReportDialog(props: ReportProps) {
  const { account, status, onClose } = props
  const [busy, setBusy] = useState(false)
  const [wish, setWish] = useState<Wish>({
    category: instance.rules.length > 0 ? 'violation' : 'other',
    rules: new Set(),
    posts: new Set(status ? [status.id] : []),
    comment: '',
    forward: false,
  })
  const submit = async (): Promise<void> => {
    setBusy(true)
    const sent = await send(account, wish)
    setBusy(false)
    if (!sent) return
    tell(t('report.sent'))
    onClose()
  }
  return (
    <Dialog label={t('report.title', { name: nameOf(account) })} onClose={onClose} titled small>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Fields {...props} wish={wish} change={(part) => setWish((old) => ({ ...old, ...part }))} />
        <div class="dialog-row">
          <button class="button" type="submit" disabled={busy}>
            {t('report.send')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
