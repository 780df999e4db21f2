import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import css from './ui.module.css'

/** The platform's modal dialog: keeps the focus inside, Escape closes, and the focus goes back where it was. */
export const Dialog = ({
  title,
  onClose,
  reading,
  wide,
  children,
}: {
  title: string
  onClose(): void
  /** Nothing in it takes the focus: the text itself does, so that keys can scroll it. */
  reading?: boolean
  /** For work that wants the whole window: drawings and tables. */
  wide?: boolean
  children: ReactNode
}) => {
  const words = useWords()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog && !dialog.open) dialog.showModal()
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard has Escape and the close button
    <dialog
      ref={ref}
      className={`${css.dialog} ${wide ? css.dialogWide : ''}`}
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault()
        onClose()
      }}
      onClick={(e) => {
        if (e.target === e.currentTarget && e.detail > 0) {
          const box = e.currentTarget.getBoundingClientRect()
          const outside = e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom
          if (outside) onClose()
        }
      }}
    >
      <div className={css.dialogHead}>
        <h2 id={id}>{title}</h2>
        <Button look="quiet" icon="close" iconOnly onClick={onClose}>
          {words.app.close}
        </Button>
      </div>
      <div className={css.dialogBody} {...(reading ? { tabIndex: 0 } : {})}>
        {children}
      </div>
    </dialog>
  )
}
