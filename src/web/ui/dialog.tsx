// A dialog over the page: keeps the focus inside and gives it back.
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/words.ts'
import { Icon } from './icon.tsx'

interface DialogProps {
  label: string
  onClose: () => void
  children: ComponentChildren
  /** Shows the label as a heading with a button to close. */
  titled?: boolean
  small?: boolean
  kind?: string
}

export function Dialog({ label, onClose, children, titled = false, small = false, kind = '' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const before = useRef(document.activeElement)
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true })
    }
  }, [])
  return (
    <dialog
      ref={ref}
      class={`dialog ${small ? 'small-dialog' : ''} ${kind}`.trim()}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      <div class="dialog-inside">
        {titled && (
          <header class="dialog-head">
            <h2>{label}</h2>
            <button class="icon-button" type="button" aria-label={t('ui.close')} onClick={onClose}>
              <Icon name="close" />
            </button>
          </header>
        )}
        {children}
      </div>
    </dialog>
  )
}
