// Several lists of one part, each under a link of its own.
import { a } from './words.ts'
import type { AdminKey } from './words.ts'

export function Tabs(props: {
  label: AdminKey
  path: string
  current: string
  tabs: readonly { name: string; title: AdminKey }[]
}) {
  return (
    <nav class="tabs many" aria-label={a(props.label)}>
      {props.tabs.map(({ name, title }) => (
        <a
          key={name}
          href={name === '' ? props.path : `${props.path}?show=${name}`}
          {...(name === props.current ? { 'aria-current': 'page' as const } : {})}
        >
          {a(title)}
        </a>
      ))}
    </nav>
  )
}
