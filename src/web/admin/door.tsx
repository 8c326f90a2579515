// Who is kept out at the door: networks, and mail domains, with which nobody signs up.
import { MailDomains } from './mail-domains.tsx'
import { Networks } from './networks.tsx'
import { Tabs } from './tabs.tsx'

const TABS = [
  { name: '', title: 'door.networks' },
  { name: 'mail', title: 'door.mail' },
] as const

export function Door({ query }: { query: URLSearchParams }) {
  const current = query.get('show') === 'mail' ? 'mail' : ''
  return (
    <>
      <Tabs label="part.door" path="/admin/door" current={current} tabs={TABS} />
      {current === 'mail' ? <MailDomains /> : <Networks />}
    </>
  )
}
