// Says on one's own post to which circles or people it went.
import { useEffect, useState } from 'preact/hooks'
import type { StatusAudience } from '../../contract/entities.ts'
import { get } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import { nameOf } from '../post/who.tsx'
import { Icon } from '../ui/icon.tsx'

/** Asked once for each post while the client runs. */
const known = new Map<string, Promise<StatusAudience>>()
const MOST_KNOWN = 200
const MOST_NAMED = 5

function audienceOf(id: string): Promise<StatusAudience> {
  const found = known.get(id)
  if (found) return found
  const asked = get<StatusAudience>(`/api/v1/statuses/${id}/audience`)
  if (known.size > MOST_KNOWN) known.clear()
  known.set(id, asked)
  asked.catch(() => known.delete(id))
  return asked
}

function textOf({ audience, circles, accounts }: StatusAudience): string {
  if (circles.length > 0) return t('circles.wentTo', { names: circles.map((one) => one.title).join(', ') })
  if (audience === 'circles') return t('circles.wentToGone', { count: accounts.length })
  const names = accounts.slice(0, MOST_NAMED).map(nameOf).join(', ')
  const more = accounts.length - MOST_NAMED
  return more > 0 ? t('circles.wentToMore', { names, count: more }) : t('circles.wentTo', { names })
}

export default function WentTo({ id }: { id: string }) {
  const [audience, setAudience] = useState<StatusAudience | undefined>(undefined)
  useEffect(() => {
    let current = true
    audienceOf(id).then(
      (found) => current && setAudience(found),
      () => undefined,
    )
    return () => {
      current = false
    }
  }, [id])
  if (!audience) return null
  return (
    <p class="went-to" title={audience.accounts.map((one) => `@${one.acct}`).join(', ')}>
      <Icon name="people" />
      {textOf(audience)}
    </p>
  )
}
