// A picture of one's profile in a form: chosen, cut, described, or taken away.
import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { CredentialAccount } from '../../contract/entities.ts'
import { call } from '../api/http.ts'
import { instance, me } from '../api/session.ts'
import { t } from '../i18n/words.ts'
import { CropDialog } from '../ui/crop-dialog.tsx'
import { attempt } from '../ui/feedback.tsx'
import { Icon } from '../ui/icon.tsx'

const PICTURE_TYPES = 'image/png,image/jpeg,image/webp,image/gif,image/avif,image/heic'

const KINDS = {
  avatar: {
    shape: { width: 400, height: 400 },
    label: 'settings.avatar',
    limit: instance.configuration.accounts.max_avatar_description_length,
  },
  header: {
    shape: { width: 1500, height: 500 },
    label: 'settings.header',
    limit: instance.configuration.accounts.max_header_description_length,
  },
} as const

/** Cutting would stop what moves. */
function isMoving(file: File): boolean {
  return file.type === 'image/gif'
}

interface ChooserProps {
  input: RefObject<HTMLInputElement | null>
  name: keyof typeof KINDS
  onPick: (file: File) => void
}

function Chooser({ input, name, onPick }: ChooserProps) {
  return (
    <label class="button quiet slim">
      <Icon name="image" />
      {t('settings.choosePicture')}
      <input
        ref={input}
        class="hidden-text"
        type="file"
        name={name}
        accept={PICTURE_TYPES}
        aria-label={`${t(KINDS[name].label)}: ${t('settings.choosePicture')}`}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          if (file) onPick(file)
        }}
      />
    </label>
  )
}

function Words({ name }: { name: keyof typeof KINDS }) {
  const kind = KINDS[name]
  return (
    <input
      class="field"
      name={`${name}_description`}
      defaultValue={me.value[`${name}_description`]}
      aria-label={`${t(kind.label)}: ${t('settings.pictureWords')}`}
      placeholder={t('settings.pictureWords')}
      maxLength={kind.limit}
      dir="auto"
    />
  )
}

interface PictureProps {
  name: keyof typeof KINDS
  /** Asks for words for those who cannot see it. */
  described?: boolean
}

export function PictureField({ name, described = false }: PictureProps) {
  const account = me.value
  const kind = KINDS[name]
  const input = useRef<HTMLInputElement>(null)
  const [preview, setPreview] = useState('')
  const [picked, setPicked] = useState<File | undefined>(undefined)
  const chosen = account[`${name}_static`]
  const isMissing = chosen.includes('/assets/missing-')
  const keep = (file: File): void => {
    const files = new DataTransfer()
    files.items.add(file)
    if (input.current) input.current.files = files.files
    if (preview !== '') URL.revokeObjectURL(preview)
    setPreview(URL.createObjectURL(file))
    setPicked(undefined)
  }
  const remove = (): void =>
    void attempt(async () => {
      me.value = await call<CredentialAccount>('DELETE', `/api/v1/profile/${name}`)
      setPreview('')
      if (input.current) input.current.value = ''
    })
  return (
    <div class={`picture-field ${name}-field`}>
      <span>{t(kind.label)}</span>
      <img src={preview === '' ? chosen : preview} alt="" />
      <div class="picture-tools">
        <Chooser
          input={input}
          name={name}
          onPick={(file) => (isMoving(file) ? keep(file) : setPicked(file))}
        />
        {!isMissing && (
          <button class="button quiet slim" type="button" onClick={remove}>
            {t('settings.removePicture')}
          </button>
        )}
      </div>
      {described && <Words name={name} />}
      {picked && (
        <CropDialog
          file={picked}
          shape={kind.shape}
          label={t(kind.label)}
          onDone={keep}
          onClose={() => {
            if (input.current) input.current.value = ''
            setPicked(undefined)
          }}
        />
      )}
    </div>
  )
}
