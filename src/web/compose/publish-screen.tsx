// The address that phones and other pages share into: home with the composer over it.
import { useEffect } from 'preact/hooks'
import { go } from '../app/router.ts'
import type { ScreenProps } from '../app/screen-props.ts'
import { compose } from './open.ts'

export default function PublishScreen({ place }: ScreenProps) {
  useEffect(() => {
    const text = place.query.get('text') ?? ''
    go('/home', { replace: true })
    compose(text === '' ? {} : { text })
  }, [])
  return null
}
