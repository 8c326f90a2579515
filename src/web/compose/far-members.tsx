// Says which people of the chosen circles get a post without finding it in their home.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Relationship } from '../../contract/entities.ts'
import { get, withQuery } from '../api/http.ts'
import { t } from '../i18n/words.ts'
import type { Draft } from './draft.ts'

const MOST_ASKED = 40
const MOST_NAMED = 3

/** People of other servers in the circle who do not follow the writer. */
async function farIn(circle: string): Promise<string[]> {
  const members = await get<Account[]>(withQuery(`/api/v1/circles/${circle}/accounts`, { limit: 80 }))
  const remote = members.filter((member) => member.acct.includes('@')).slice(0, MOST_ASKED)
  if (remote.length === 0) return []
  const ids = remote.map((member) => `id[]=${member.id}`).join('&')
  const relations = await get<Relationship[]>(`/api/v1/accounts/relationships?${ids}`)
  const following = new Set(relations.filter((one) => one.followed_by).map((one) => one.id))
  return remote.filter((member) => !following.has(member.id)).map((member) => member.acct)
}

export function FarMembers({ now }: { now: Draft }) {
  const [names, setNames] = useState<readonly string[]>([])
  const chosen = now.visibility === 'circles' ? now.circles.join(' ') : ''
  useEffect(() => {
    let current = true
    const look = async (): Promise<void> => {
      const lists = await Promise.all(chosen.split(' ').filter(Boolean).map(farIn))
      if (current) setNames([...new Set(lists.flat())])
    }
    // Without an answer nothing is said: it is a hint, the post goes out the same.
    void look().catch(() => undefined)
    return () => {
      current = false
    }
  }, [chosen])
  if (chosen === '' || names.length === 0 || now.localOnly) return null
  const shown = names.slice(0, MOST_NAMED).map((name) => `\u2068@${name}\u2069`)
  const more = names.length - shown.length
  const list = shown.join(', ')
  return (
    <p class="reach">
      {more > 0
        ? t('compose.reach.farMore', { names: list, count: more })
        : t('compose.reach.far', { names: list, count: names.length })}
    </p>
  )
}
