// Choosing the part of a picture that is shown: by dragging, with the wheel, or with sliders and keys.
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { Dialog } from './dialog.tsx'

/** The size that is kept, in pixels; the picture is cut to its proportions. */
export interface CropShape {
  width: number
  height: number
}

interface CropProps {
  file: File
  shape: CropShape
  label: string
  round?: boolean
  onDone: (file: File) => void
  onClose: () => void
}

/** `zoom` 1 shows as much as fits; `x` and `y` go from one edge (0) to the other (1). */
interface Cut {
  zoom: number
  x: number
  y: number
}

const MOST_ZOOM = 5
const within = (value: number, most: number, least = 0): number => Math.max(least, Math.min(most, value))

interface Part {
  left: number
  top: number
  width: number
  height: number
}

function partOf(bitmap: ImageBitmap, shape: CropShape, { zoom, x, y }: Cut): Part {
  const scale = Math.max(shape.width / bitmap.width, shape.height / bitmap.height) * zoom
  const width = shape.width / scale
  const height = shape.height / scale
  return { left: (bitmap.width - width) * x, top: (bitmap.height - height) * y, width, height }
}

function useBitmap(file: File, onFail: () => void): ImageBitmap | undefined {
  const [bitmap, setBitmap] = useState<ImageBitmap | undefined>(undefined)
  useEffect(() => {
    let made: ImageBitmap | undefined
    createImageBitmap(file).then((one) => setBitmap((made = one)), onFail)
    return () => made?.close()
  }, [file])
  return bitmap
}

function Slider(props: {
  label: string
  max: number
  min?: number
  value: number
  onInput: (value: number) => void
}) {
  return (
    <label class="crop-slider">
      <span>{props.label}</span>
      <input
        type="range"
        min={props.min ?? 0}
        max={props.max}
        step={0.01}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.valueAsNumber)}
      />
    </label>
  )
}

async function cutOut(canvas: HTMLCanvasElement, file: File): Promise<File> {
  const type = file.type === 'image/jpeg' ? 'image/jpeg' : 'image/png'
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, type, 0.92)
  })
  return blob ? new File([blob], type === 'image/jpeg' ? 'picture.jpg' : 'picture.png', { type }) : file
}

/** Movement of the finger or mouse, in the picture's own measure. */
function moved(bitmap: ImageBitmap, shape: CropShape, old: Cut, by: { x: number; y: number }): Cut {
  const part = partOf(bitmap, shape, old)
  const roomX = bitmap.width - part.width
  const roomY = bitmap.height - part.height
  return {
    zoom: old.zoom,
    x: roomX > 0 ? within(old.x - (by.x * part.width) / roomX, 1) : old.x,
    y: roomY > 0 ? within(old.y - (by.y * part.height) / roomY, 1) : old.y,
  }
}

function Sliders({ cut, setCut }: { cut: Cut; setCut: (cut: Cut) => void }) {
  return (
    <>
      <Slider
        label={t('crop.zoom')}
        min={1}
        max={MOST_ZOOM}
        value={cut.zoom}
        onInput={(zoom) => setCut({ ...cut, zoom })}
      />
      <Slider label={t('crop.across')} max={1} value={cut.x} onInput={(x) => setCut({ ...cut, x })} />
      <Slider label={t('crop.down')} max={1} value={cut.y} onInput={(y) => setCut({ ...cut, y })} />
    </>
  )
}

export function CropDialog({ file, shape, label, round = false, onDone, onClose }: CropProps) {
  const [cut, setCut] = useState<Cut>({ zoom: 1, x: 0.5, y: 0.5 })
  const canvas = useRef<HTMLCanvasElement>(null)
  // What the browser cannot read, the server perhaps can: it is sent as it is.
  const bitmap = useBitmap(file, () => onDone(file))
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !bitmap) return
    const { left, top, width, height } = partOf(bitmap, shape, cut)
    context.clearRect(0, 0, shape.width, shape.height)
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, left, top, width, height, 0, 0, shape.width, shape.height)
  }, [bitmap, cut])
  const drag = (event: PointerEvent): void => {
    const box = canvas.current?.getBoundingClientRect()
    if (event.buttons === 0 || !bitmap || !box) return
    const by = { x: event.movementX / box.width, y: event.movementY / box.height }
    setCut((old) => moved(bitmap, shape, old, by))
  }
  return (
    <Dialog label={label} onClose={onClose} titled small>
      <div class="form crop">
        <canvas
          ref={canvas}
          class={round ? 'crop-view round' : 'crop-view'}
          width={shape.width}
          height={shape.height}
          role="img"
          aria-label={t('crop.preview')}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={drag}
          onWheel={(event) => {
            event.preventDefault()
            setCut((old) => ({ ...old, zoom: within(old.zoom * (1 - event.deltaY / 600), MOST_ZOOM, 1) }))
          }}
        />
        <p class="soft small">{t('crop.hint')}</p>
        <Sliders cut={cut} setCut={setCut} />
        <div class="dialog-row">
          <button class="button quiet" type="button" onClick={() => onDone(file)}>
            {t('crop.whole')}
          </button>
          <button
            class="button"
            type="button"
            disabled={!bitmap}
            onClick={() => void (canvas.current && cutOut(canvas.current, file).then(onDone))}
          >
            {t('crop.use')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
