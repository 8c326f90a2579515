// Parts of circles that show inside other screens, loaded when they are needed.
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Account, Status } from '../../contract/entities.ts'
import { me } from '../api/session.ts'

function useLater<P>(
  wanted: boolean,
  load: () => Promise<{ default: ComponentType<P> }>,
): ComponentType<P> | undefined {
  const [Part, setPart] = useState<ComponentType<P> | undefined>(undefined)
  useEffect(() => {
    if (wanted && !Part)
      load().then(
        (module) => setPart(() => module.default),
        () => undefined,
      )
  }, [wanted])
  return Part
}

/** The circles of a person. */
export function CirclesLater(props: { account: Account; onClose: () => void }) {
  const Dialog = useLater(true, () => import('./circles-dialog.tsx'))
  return Dialog ? <Dialog {...props} /> : null
}

/** Where one's own post for chosen people went. */
export function WentToLater({ status }: { status: Status }) {
  const isOwn = status.limited === true && status.account.id === me.value.id
  const WentTo = useLater(isOwn, () => import('./went-to.tsx'))
  return isOwn && WentTo ? <WentTo id={status.id} /> : null
}
