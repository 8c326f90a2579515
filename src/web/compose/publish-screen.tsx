// The address that phones and other pages share into: home with the composer over it.
import { useEffect } from 'preact/hooks'
import { go } from '../app/router.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { t } from '../i18n/words.ts'
import { takeSharedFiles } from '../offline/shared-files.ts'
import { tell } from '../ui/feedback.tsx'
import { compose } from './open.ts'

export default function PublishScreen({ place }: ScreenProps) {
  useEffect(() => {
    const text = place.query.get('text') ?? ''
    const shared = place.query.has('files') ? takeSharedFiles().catch(() => []) : Promise.resolve([])
    if (place.query.has('left')) tell(t('share.left'), { bad: true })
    go('/home', { replace: true })
    void shared.then((files) => compose({ ...(text === '' ? {} : { text }), files }))
  }, [])
  return null
}
