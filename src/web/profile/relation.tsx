// What one can do with another person: follow, mute, block and so on.
import { useState } from 'preact/hooks'
import type { Account, Relationship } from '../../contract/entities.ts'
import { forgetFeeds } from '../api/feed.ts'
import { post } from '../api/http.ts'
import { me } from '../api/session.ts'
import { compose } from '../compose/open.ts'
import { t } from '../i18n/words.ts'
import { ReportDialog } from '../post/report-dialog.tsx'
import { nameOf } from '../post/who.tsx'
import { attempt, sure } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import { CirclesLater } from '../circles/circles-later.tsx'
import { CollectionsDialog } from './collections-dialog.tsx'
import { LanguagesDialog } from './languages-dialog.tsx'
import { ListsDialog } from './lists-dialog.tsx'
import { MuteDialog } from './mute-dialog.tsx'

export interface RelationProps {
  account: Account
  relation: Relationship | undefined
  onChange: (relation: Relationship) => void
}

/** Does something to the relation and shows what came of it. */
async function change({ account, onChange }: RelationProps, deed: string, body: unknown = {}): Promise<void> {
  await attempt(async () => {
    onChange(await post<Relationship>(`/api/v1/accounts/${account.id}/${deed}`, body))
    if (deed !== 'note') forgetFeeds()
  })
}

export function FollowButton(props: RelationProps) {
  const { relation } = props
  if (!relation || relation.blocked_by) return null
  if (relation.blocking)
    return (
      <button class="button danger" type="button" onClick={() => void change(props, 'unblock')}>
        {t('profile.unblock')}
      </button>
    )
  const on = relation.following || relation.requested
  const label = relation.following
    ? t('profile.isFollowing')
    : relation.requested
      ? t('profile.requested')
      : t('profile.doFollow')
  return (
    <button
      class={on ? 'button quiet' : 'button'}
      type="button"
      aria-pressed={on}
      title={
        relation.requested
          ? t('profile.cancelRequest')
          : relation.following
            ? t('profile.unfollow')
            : undefined
      }
      onClick={() => void change(props, on ? 'unfollow' : 'follow')}
    >
      {on && <Icon name={relation.following ? 'check' : 'lock'} />}
      {label}
    </button>
  )
}

export function RelationBadges({ relation }: { relation: Relationship }) {
  return (
    <>
      {relation.followed_by && <span class="badge">{t('profile.followsYou')}</span>}
      {relation.muting && <span class="badge">{t('profile.muted')}</span>}
      {relation.blocking && <span class="badge">{t('profile.blocked')}</span>}
    </>
  )
}

async function block(props: RelationProps): Promise<void> {
  if (await sure(t('profile.blockSure', { name: nameOf(props.account) }))) await change(props, 'block')
}

/** What keeps somebody away. */
function distance(
  props: RelationProps & { relation: Relationship },
  show: Record<'report' | 'mute', () => void>,
): (MenuItem | null | false)[] {
  const { relation } = props
  return [
    relation.followed_by && {
      label: t('profile.removeFollower'),
      icon: 'person',
      danger: true,
      run: () => void change(props, 'remove_from_followers'),
    },
    {
      label: t(relation.muting ? 'profile.unmute' : 'profile.mute'),
      icon: 'moon',
      danger: !relation.muting,
      run: () => (relation.muting ? void change(props, 'unmute') : show.mute()),
    },
    {
      label: t(relation.blocking ? 'profile.unblock' : 'profile.block'),
      icon: 'close',
      danger: !relation.blocking,
      run: () => void (relation.blocking ? change(props, 'unblock') : block(props)),
    },
    { label: t('profile.report'), icon: 'warn', danger: true, run: show.report },
  ]
}

type Shown = 'lists' | 'circles' | 'collections' | 'report' | 'mute' | 'languages'

function items(
  props: RelationProps & { relation: Relationship },
  show: Record<Shown, () => void>,
): (MenuItem | null | false)[] {
  const { account, relation } = props
  const { following } = relation
  return [
    { label: t('profile.mention'), icon: 'at', run: () => compose({ text: `@${account.acct} ` }) },
    {
      label: t('profile.message'),
      icon: 'mail',
      run: () => compose({ text: `@${account.acct} `, visibility: 'direct' }),
    },
    following && { label: t('profile.lists'), icon: 'list', run: show.lists },
    (following || relation.followed_by) && {
      label: t('circles.add.to'),
      icon: 'circle',
      run: show.circles,
    },
    account.feature_approval.current_user === 'automatic' && {
      label: t('packs.add'),
      icon: 'people',
      run: show.collections,
    },
    following && {
      label: t(relation.showing_reblogs ? 'profile.hideBoosts' : 'profile.showBoosts'),
      icon: 'boost',
      run: () => void change(props, 'follow', { reblogs: !relation.showing_reblogs }),
    },
    following && {
      label: t(relation.notifying ? 'profile.unnotify' : 'profile.notify'),
      icon: 'bell',
      run: () => void change(props, 'follow', { notify: !relation.notifying }),
    },
    following && { label: t('follow.languages'), icon: 'globe', run: show.languages },
    account.acct.includes('@') && {
      label: t('post.original'),
      icon: 'out',
      run: () => void open(account.url, '_blank', 'noopener,noreferrer'),
    },
    null,
    ...distance(props, show),
  ]
}

interface OpenedProps extends RelationProps {
  relation: Relationship
  open: Shown
  onClose: () => void
}

/** The dialog that a line of the menu opens. */
function Opened({ open, onClose, ...props }: OpenedProps) {
  const { account, relation } = props
  if (open === 'circles') return <CirclesLater account={account} onClose={onClose} />
  if (open === 'lists') return <ListsDialog account={account} onClose={onClose} />
  if (open === 'report') return <ReportDialog account={account} onClose={onClose} />
  if (open === 'collections') return <CollectionsDialog account={account} onClose={onClose} />
  if (open === 'mute')
    return (
      <MuteDialog account={account} onMute={(wish) => void change(props, 'mute', wish)} onClose={onClose} />
    )
  return (
    <LanguagesDialog
      account={account}
      relation={relation}
      onChoose={(languages) => void change(props, 'follow', { languages })}
      onClose={onClose}
    />
  )
}

export function RelationButtons(props: RelationProps) {
  const [open, setOpen] = useState<Shown | undefined>(undefined)
  const { account, relation } = props
  if (account.id === me.value.id)
    return (
      <a class="button quiet" href="/settings/profile">
        {t('profile.edit')}
      </a>
    )
  if (!relation) return null
  return (
    <>
      <Menu
        label={t('nav.more')}
        items={items(
          { ...props, relation },
          {
            lists: () => setOpen('lists'),
            circles: () => setOpen('circles'),
            collections: () => setOpen('collections'),
            report: () => setOpen('report'),
            mute: () => setOpen('mute'),
            languages: () => setOpen('languages'),
          },
        )}
        buttonClass="icon-button ringed"
      >
        <Icon name="more" />
      </Menu>
      <FollowButton {...props} />
      {open !== undefined && (
        <Opened {...props} relation={relation} open={open} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}
