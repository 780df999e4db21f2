import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import css from './pop.module.css'

/** A button with a small panel below it: Escape, a click elsewhere or leaving with Tab closes it. */
export const Pop = ({
  label,
  button,
  title,
  className,
  align = 'right',
  children,
}: {
  /** Read aloud in place of the button's content. */
  label?: string
  button: ReactNode
  title: string
  className?: string | undefined
  align?: 'left' | 'right'
  children: ReactNode | ((close: () => void) => ReactNode)
}) => {
  const id = useId()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const close = (): void => {
    setOpen(false)
    trigger.current?.focus()
  }
  useEffect(() => {
    if (!open) return
    const elsewhere = (e: Event): void => {
      if (!(e.target instanceof Node) || box.current?.contains(e.target)) return
      setOpen(false)
    }
    document.addEventListener('pointerdown', elsewhere)
    document.addEventListener('focusin', elsewhere)
    return () => {
      document.removeEventListener('pointerdown', elsewhere)
      document.removeEventListener('focusin', elsewhere)
    }
  }, [open])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from anywhere inside
    <div
      ref={box}
      className={css.box}
      onKeyDown={(e) => {
        if (open && e.key === 'Escape') {
          e.stopPropagation()
          close()
        }
      }}
    >
      <button
        ref={trigger}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        {...(label ? { 'aria-label': label, title: label } : {})}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <section id={id} aria-label={title} className={`${css.panel} ${align === 'left' ? css.left : ''}`}>
          <h2>{title}</h2>
          {typeof children === 'function' ? children(close) : children}
        </section>
      )}
    </div>
  )
}
