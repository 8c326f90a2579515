// Says in plain words who will see the post, and warns where that is not what one may think.
import { useEffect, useState } from 'preact/hooks'
import type { Account, Circle, Relationship } from '../../contract/entities.ts'
import { extract } from '../../lib/text/extract.ts'
import { get, withQuery } from '../api/http.ts'
import { me } from '../api/session.ts'
import { circles } from '../circles/circles.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import type { Draft } from './draft.ts'
import { FarMembers } from './far-members.tsx'
import { RANK } from './draft-from-post.ts'
import type { Targets } from './start-draft.ts'

const MOST_LOOKED_UP = 6

/** Handles as they are typed, each once, without oneself. */
function mentionsIn(now: Draft): string[] {
  const names = now.parts.flatMap((part) =>
    extract(part.text).entities.flatMap((entity) => (entity.kind === 'mention' ? [entity.handle] : [])),
  )
  const own = me.value.username.toLowerCase()
  return [...new Set(names)].filter((name) => name.toLowerCase() !== own)
}

interface Person {
  followsMe: boolean
  circles: string[]
}

const people = new Map<string, Promise<Person | undefined>>()

async function askFor(handle: string): Promise<Person | undefined> {
  const account = await get<Account>(withQuery('/api/v1/accounts/lookup', { acct: handle }))
  const [[relation], list] = await Promise.all([
    get<Relationship[]>(withQuery('/api/v1/accounts/relationships', { 'id[]': account.id })),
    get<Circle[]>(`/api/v1/accounts/${account.id}/circles`),
  ])
  return { followsMe: relation?.followed_by === true, circles: list.map((circle) => circle.id) }
}

/** Asked once while the client runs; somebody who is not known here counts as outside. */
function lookUp(handle: string): Promise<Person | undefined> {
  let found = people.get(handle)
  if (!found) people.set(handle, (found = askFor(handle).catch(() => undefined)))
  return found
}

function isInside(now: Draft, handle: string, person: Person | undefined): boolean {
  if (now.visibility === 'private') return person?.followsMe === true
  if (now.visibility === 'circles') return person?.circles.some((id) => now.circles.includes(id)) === true
  return now.people.some((one) => one.acct.toLowerCase() === handle.toLowerCase())
}

/** Those who get it only because the text mentions them. */
function useOutsiders(now: Draft, { replyTo }: Targets): string[] {
  const [outside, setOutside] = useState<string[]>([])
  const isNarrow = now.visibility === 'private' || now.visibility === 'circles' || now.visibility === 'people'
  // Whoever is answered, or was in the talk already, is meant to see it.
  const inTalk = new Set(replyTo ? [replyTo.account.acct, ...replyTo.mentions.map((one) => one.acct)] : [])
  const names = isNarrow
    ? mentionsIn(now)
        .filter((name) => !inTalk.has(name))
        .slice(0, MOST_LOOKED_UP)
    : []
  useEffect(() => {
    let current = true
    const look = async (): Promise<void> => {
      const known = await Promise.all(names.map(lookUp))
      if (current) setOutside(names.filter((name, index) => !isInside(now, name, known[index])))
    }
    void look()
    return () => {
      current = false
    }
  }, [names.join(' '), now.visibility, now.circles, now.people])
  return isNarrow ? outside.filter((name) => names.includes(name)) : []
}

/** Each in a direction of its own, whatever the text around it runs like. */
const listed = (names: readonly string[]): string => names.map((name) => `\u2068@${name}\u2069`).join(', ')

function circlesText(now: Draft, names: number): { text: string; isWarning: boolean } {
  const chosen = (circles.value ?? []).filter((circle) => now.circles.includes(circle.id))
  if (chosen.length === 0) return { text: t('compose.reach.noCircle'), isWarning: true }
  const parts = chosen.map((circle) =>
    t('compose.reach.inCircle', { count: circle.accounts_count, name: circle.title }),
  )
  return {
    text: t(names > 0 ? 'compose.reach.circlesAnd' : 'compose.reach.circles', { who: parts.join(', ') }),
    isWarning: chosen.every((circle) => circle.accounts_count === 0),
  }
}

function mainText(now: Draft): { text: string; isWarning?: boolean } {
  switch (now.visibility) {
    case 'direct': {
      const names = mentionsIn(now)
      return names.length === 0
        ? { text: t('compose.reach.directNobody'), isWarning: true }
        : { text: t('compose.reach.direct', { names: listed(names) }) }
    }
    case 'circles':
      return circlesText(now, mentionsIn(now).length)
    case 'people':
      return now.people.length === 0
        ? { text: t('compose.reach.noPeople'), isWarning: true }
        : { text: t('compose.reach.people', { names: listed(now.people.map((one) => one.acct)) }) }
    case 'private':
      return { text: t('compose.reach.private', { count: me.value.followers_count }) }
    default:
      return { text: t(`compose.reach.${now.visibility}`) }
  }
}

function outsideText(names: readonly string[]): string {
  const remote = names.filter((name) => name.includes('@'))
  const local = names.filter((name) => !name.includes('@'))
  return [
    local.length === 0 ? '' : t('compose.reach.outside', { names: listed(local) }),
    remote.length === 0 ? '' : t('compose.reach.outsideRemote', { names: listed(remote) }),
  ]
    .filter((text) => text !== '')
    .join(' ')
}

function answerText(now: Draft, { replyTo }: Targets): { text: string; isWarning: boolean } | undefined {
  if (!replyTo || now.editId !== undefined) return undefined
  const isOpen = RANK[now.visibility] < RANK.circles
  if (replyTo.limited === true && isOpen) return { text: t('compose.reach.limitedAnswer'), isWarning: false }
  if (RANK[now.visibility] >= RANK[replyTo.visibility]) return undefined
  return { text: t('compose.reach.widerAnswer'), isWarning: true }
}

export function Reach({ now, targets }: { now: Draft; targets: Targets }) {
  // Circles may have changed since it was last open.
  useEffect(() => people.clear(), [])
  const outside = useOutsiders(now, targets)
  if (now.editId !== undefined) return null
  const answer = answerText(now, targets)
  const main = answer && !answer.isWarning ? undefined : mainText(now)
  const warnings = [
    ...(answer?.isWarning === true ? [answer.text] : []),
    ...(outside.length > 0 ? [outsideText(outside)] : []),
  ]
  return (
    <div class="reach-place" aria-live="polite">
      <p class={main?.isWarning === true ? 'reach warn' : 'reach'}>
        {main?.text ?? answer?.text} {now.localOnly && t('compose.localOnlyHint')}
      </p>
      <FarMembers now={now} />
      {warnings.map((text) => (
        <p class="reach warn" key={text}>
          <Icon name="warn" />
          {text}
        </p>
      ))}
    </div>
  )
}
