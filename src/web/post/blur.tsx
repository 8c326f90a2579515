// The blurred likeness that stands in the place of a picture until it is there.
import { decode, isBlurhashValid } from 'blurhash'
import { useEffect, useRef, useState } from 'preact/hooks'

/** Few points are enough for something blurred, and cost a fraction of a millisecond. */
const SIDE = 24

export function Blur({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const element = canvas.current
    const picture = element?.parentElement?.querySelector('img')
    if (!element || !picture) return undefined
    const finish = (): void => setOver(true)
    if (picture.complete && picture.naturalWidth > 0) {
      finish()
      return undefined
    }
    if (isBlurhashValid(hash).result)
      element
        .getContext('2d')
        ?.putImageData(new ImageData(new Uint8ClampedArray(decode(hash, SIDE, SIDE)), SIDE, SIDE), 0, 0)
    picture.addEventListener('load', finish, { once: true })
    return () => picture.removeEventListener('load', finish)
  }, [hash])
  return over ? null : <canvas class="blur" width={SIDE} height={SIDE} ref={canvas} aria-hidden="true" />
}
