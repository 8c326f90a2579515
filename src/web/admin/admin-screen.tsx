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

interface Part {
  name: string
  title: AdminKey
  icon: IconName
  needs: Permission
  show: (props: { query: URLSearchParams; id: string | undefined }) => ComponentChildren
}

const PARTS: readonly Part[] = [
  {
    name: 'overview',
    title: 'part.overview',
    icon: 'poll',
    needs: 'view-dashboard',
    show: () => <Overview />,
  },
  {
    name: 'reports',
    title: 'part.reports',
    icon: 'warn',
    needs: 'manage-reports',
    show: ({ id, query }) =>
      id === undefined ? <Reports resolved={query.has('resolved')} /> : <ReportView id={id} />,
  },
  {
    name: 'accounts',
    title: 'part.accounts',
    icon: 'people',
    needs: 'manage-users',
    show: ({ id, query }) => (id === undefined ? <Accounts query={query} /> : <AccountView id={id} />),
  },
  { name: 'appeals', title: 'part.appeals', icon: 'reply', needs: 'manage-appeals', show: () => <Appeals /> },
  {
    name: 'domains',
    title: 'part.domains',
    icon: 'globe',
    needs: 'manage-federation',
    show: ({ query }) => <Domains query={query} />,
  },
  {
    name: 'door',
    title: 'part.door',
    icon: 'lock',
    needs: 'manage-blocks',
    show: ({ query }) => <Door query={query} />,
  },
  {
    name: 'trends',
    title: 'part.trends',
    icon: 'hash',
    needs: 'manage-taxonomies',
    show: ({ query }) => <Trends query={query} />,
  },
  { name: 'invites', title: 'part.invites', icon: 'plus', needs: 'manage-users', show: () => <Invites /> },
  {
    name: 'announcements',
    title: 'part.announcements',
    icon: 'bell',
    needs: 'manage-announcements',
    show: () => <Announcements />,
  },
  { name: 'rules', title: 'part.rules', icon: 'list', needs: 'manage-rules', show: () => <Rules /> },
  { name: 'emojis', title: 'part.emojis', icon: 'smile', needs: 'manage-emojis', show: () => <Emojis /> },
  {
    name: 'settings',
    title: 'part.settings',
    icon: 'gear',
    needs: 'manage-settings',
    show: () => <ServerSettings />,
  },
  { name: 'relays', title: 'part.relays', icon: 'boost', needs: 'manage-federation', show: () => <Relays /> },
  { name: 'work', title: 'part.work', icon: 'share', needs: 'view-devops', show: () => <Work /> },
  { name: 'storage', title: 'part.storage', icon: 'keep', needs: 'view-devops', show: () => <Storage /> },
  { name: 'log', title: 'part.log', icon: 'pen', needs: 'view-audit-log', show: () => <Log /> },
]

function Parts({ current }: { current: string }) {
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    const here = ref.current?.querySelector<HTMLElement>('[aria-current]')
    if (here && ref.current) ref.current.scrollLeft = here.offsetLeft - ref.current.offsetLeft - 40
  }, [current])
  return (
    <nav class="admin-parts" aria-label={a('parts')} ref={ref}>
      {PARTS.filter((part) => may(part.needs)).map((part) => (
        <a
          key={part.name}
          href={part.name === 'overview' ? '/admin' : `/admin/${part.name}`}
          {...(part.name === current ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon name={part.icon} />
          <span>{a(part.title)}</span>
        </a>
      ))}
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
