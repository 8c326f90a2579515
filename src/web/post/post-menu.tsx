// Everything else that can be done with a post.
import { useState } from 'preact/hooks'
import type { Status, StatusAudience } from '../../contract/entities.ts'
import { go } from '../app/router.ts'
import { get } from '../api/http.ts'
import { me } from '../api/session.ts'
import { compose } from '../compose/open.ts'
import { t } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu } from '../ui/menu.tsx'
import type { MenuItem } from '../ui/menu.tsx'
import {
  blockAuthor,
  copyLink,
  linkOf,
  muteAuthor,
  removePost,
  sharePost,
  togglePin,
  toggleThreadMute,
} from './deeds.ts'
import { postPath } from './post-extras.tsx'
import { ReportDialog } from './report-dialog.tsx'
import { nameOf } from './who.tsx'

async function redraft(status: Status): Promise<void> {
  const went =
    status.limited === true
      ? await get<StatusAudience>(`/api/v1/statuses/${status.id}/audience`).catch(() => undefined)
      : undefined
  const removed = await removePost(status, t('post.redraftSure'))
  const circles = went?.circles.map((circle) => circle.id) ?? []
  if (removed) compose({ redraft: { ...status, text: removed.text ?? '' }, circles })
}

function ownItems(status: Status): (MenuItem | null)[] {
  const pinned = status.pinned === true
  return [
    null,
    { label: t('post.edit'), icon: 'pen', run: () => compose({ edit: status }) },
    ...(status.pinned === undefined || status.visibility === 'direct'
      ? []
      : [
          {
            label: t(pinned ? 'post.unpin' : 'post.pin'),
            icon: 'pin' as const,
            run: () => void togglePin(status),
          },
        ]),
    { label: t('post.redraft'), icon: 'trash', run: () => void redraft(status) },
    {
      label: t('post.delete'),
      icon: 'trash',
      danger: true,
      run: () => void removePost(status, t('post.deleteSure')),
    },
  ]
}

function othersItems(status: Status, report: () => void): (MenuItem | null)[] {
  const name = nameOf(status.account)
  return [
    null,
    { label: t('post.muteAuthor', { name }), icon: 'moon', run: () => void muteAuthor(status) },
    {
      label: t('post.blockAuthor', { name }),
      icon: 'close',
      danger: true,
      run: () => void blockAuthor(status),
    },
    { label: t('post.report'), icon: 'warn', danger: true, run: report },
  ]
}

export function PostMenu({ status }: { status: Status }) {
  const [reporting, setReporting] = useState(false)
  const mine = status.account.id === me.value.id
  const muted = status.muted === true
  const remote = status.account.acct.includes('@')
  const items: (MenuItem | null | false)[] = [
    { label: t('post.share'), icon: 'share', run: () => void sharePost(status) },
    { label: t('post.copy'), icon: 'hash', run: () => void copyLink(status) },
    remote && {
      label: t('post.original'),
      icon: 'out',
      run: () => void open(linkOf(status), '_blank', 'noopener,noreferrer'),
    },
    status.edited_at !== null && {
      label: t('post.history'),
      icon: 'pen',
      run: () => go(`${postPath(status)}/history`),
    },
    { label: t(muted ? 'post.unmute' : 'post.mute'), icon: 'bell', run: () => void toggleThreadMute(status) },
    ...(mine ? ownItems(status) : othersItems(status, () => setReporting(true))),
  ]
  return (
    <>
      <Menu label={t('post.more')} items={items} buttonClass="act">
        <Icon name="more" />
      </Menu>
      {reporting && (
        <ReportDialog account={status.account} status={status} onClose={() => setReporting(false)} />
      )}
    </>
  )
}
