// Moderation and administration: a list of parts, each on a page of its own, as far as the role of the reader reaches.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Missing, ScreenFrame } from '../app/screen-frame.tsx'
import type { ScreenProps } from '../app/screen-props.ts'
import { Icon } from '../ui/icon.tsx'
import type { IconName } from '../ui/icon.tsx'
// oxlint-disable-next-line import/no-unassigned-import -- styles have no exports
import '../styles/admin.css'
import { AccountView } from './account-view.tsx'
import { Accounts } from './accounts.tsx'
import { Announcements } from './announcements.tsx'
import { Domains } from './domains.tsx'
import { Door } from './door.tsx'
import { Emojis } from './emojis.tsx'
import { Invites } from './invites.tsx'
import { Appeals, Log } from './log.tsx'
import { may } from './may.ts'
import type { Permission } from './may.ts'
import { Overview } from './overview.tsx'
import { Relays } from './relays.tsx'
import { Reports, ReportView } from './reports.tsx'
import { Rules } from './rules.tsx'
import { ServerSettings } from './server-settings.tsx'
import { Storage } from './storage.tsx'
import { Trends } from './trends.tsx'
import { Work } from './work.tsx'
import { a } from './words.ts'
import type { AdminKey } from './words.ts'

/** In the order of a day's work; the first stands alone. */
const GROUPS = ['top', 'people', 'servers', 'place', 'machine'] as const

interface Part {
  name: string
  group: (typeof GROUPS)[number]
  title: AdminKey
  icon: IconName
  needs: Permission
  show: (props: { query: URLSearchParams; id: string | undefined }) => ComponentChildren
}

const PARTS: readonly Part[] = [
  {
    name: 'overview',
    group: 'top',
    title: 'part.overview',
    icon: 'poll',
    needs: 'view-dashboard',
    show: () => <Overview />,
  },
  {
    name: 'reports',
    group: 'people',
    title: 'part.reports',
    icon: 'warn',
    needs: 'manage-reports',
    show: ({ id, query }) =>
      id === undefined ? <Reports resolved={query.has('resolved')} /> : <ReportView id={id} />,
  },
  {
    name: 'accounts',
    group: 'people',
    title: 'part.accounts',
    icon: 'people',
    needs: 'manage-users',
    show: ({ id, query }) => (id === undefined ? <Accounts query={query} /> : <AccountView id={id} />),
  },
  {
    name: 'appeals',
    group: 'people',
    title: 'part.appeals',
    icon: 'reply',
    needs: 'manage-appeals',
    show: () => <Appeals />,
  },
  {
    name: 'domains',
    group: 'servers',
    title: 'part.domains',
    icon: 'globe',
    needs: 'manage-federation',
    show: ({ query }) => <Domains query={query} />,
  },
  {
    name: 'door',
    group: 'people',
    title: 'part.door',
    icon: 'lock',
    needs: 'manage-blocks',
    show: ({ query }) => <Door query={query} />,
  },
  {
    name: 'trends',
    group: 'place',
    title: 'part.trends',
    icon: 'hash',
    needs: 'manage-taxonomies',
    show: ({ query }) => <Trends query={query} />,
  },
  {
    name: 'invites',
    group: 'people',
    title: 'part.invites',
    icon: 'plus',
    needs: 'manage-users',
    show: () => <Invites />,
  },
  {
    name: 'announcements',
    group: 'place',
    title: 'part.announcements',
    icon: 'bell',
    needs: 'manage-announcements',
    show: () => <Announcements />,
  },
  {
    name: 'rules',
    group: 'place',
    title: 'part.rules',
    icon: 'list',
    needs: 'manage-rules',
    show: () => <Rules />,
  },
  {
    name: 'emojis',
    group: 'place',
    title: 'part.emojis',
    icon: 'smile',
    needs: 'manage-emojis',
    show: () => <Emojis />,
  },
  {
    name: 'settings',
    group: 'place',
    title: 'part.settings',
    icon: 'gear',
    needs: 'manage-settings',
    show: () => <ServerSettings />,
  },
  {
    name: 'relays',
    group: 'servers',
    title: 'part.relays',
    icon: 'boost',
    needs: 'manage-federation',
    show: () => <Relays />,
  },
  {
    name: 'work',
    group: 'machine',
    title: 'part.work',
    icon: 'share',
    needs: 'view-devops',
    show: () => <Work />,
  },
  {
    name: 'storage',
    group: 'machine',
    title: 'part.storage',
    icon: 'keep',
    needs: 'view-devops',
    show: () => <Storage />,
  },
  {
    name: 'log',
    group: 'machine',
    title: 'part.log',
    icon: 'pen',
    needs: 'view-audit-log',
    show: () => <Log />,
  },
]

function PartLink({ part, current }: { part: Part; current: boolean }) {
  return (
    <a
      href={part.name === 'overview' ? '/admin' : `/admin/${part.name}`}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon name={part.icon} />
      <span>{a(part.title)}</span>
    </a>
  )
}

function Parts({ current }: { current: string }) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const [row, here] = [ref.current, ref.current?.querySelector<HTMLElement>('[aria-current]')]
    if (!row || !here) return
    const [around, own] = [row.getBoundingClientRect(), here.getBoundingClientRect()]
    row.scrollLeft += own.left + own.width / 2 - around.left - around.width / 2
    row.scrollTop += Math.max(0, own.bottom - around.bottom)
  }, [current])
  return (
    <nav class="admin-parts" aria-label={a('parts')} ref={ref}>
      {GROUPS.map((group) => {
        const parts = PARTS.filter((part) => part.group === group && may(part.needs))
        if (parts.length === 0) return null
        const links = parts.map((part) => (
          <PartLink part={part} current={part.name === current} key={part.name} />
        ))
        if (group === 'top') return <div key={group}>{links}</div>
        return (
          <div role="group" aria-labelledby={`parts-${group}`} key={group}>
            <p id={`parts-${group}`}>{a(`group.${group}`)}</p>
            {links}
          </div>
        )
      })}
    </nav>
  )
}

export default function AdminScreen({ place, params }: ScreenProps) {
  const name = params['part'] ?? 'overview'
  const id = params['id']
  const part = PARTS.find((one) => one.name === name && may(one.needs))
  if (!part) return <Missing />
  return (
    <ScreenFrame title={a(part.title)} deep={id !== undefined}>
      <div class="admin">
        <Parts current={name} />
        <div class="admin-body">{part.show({ query: place.query, id })}</div>
      </div>
    </ScreenFrame>
  )
}
