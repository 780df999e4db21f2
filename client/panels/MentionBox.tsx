import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { CAPS } from '../../shared/domain/mark.ts'
import { Wrong } from '../design/Fields.tsx'
import { announce } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useWords } from '../words/words.ts'
import { fitting, type Mentionable, queryBefore } from './mentions.ts'
import css from './panels.module.css'

/** A text box in which @ offers the people who can see the board; arrows choose, Enter takes, Escape closes. */
export const MentionBox = ({
  label,
  hint,
  value,
  onValue,
  onSend,
  people,
  wrong,
  autoFocus,
}: {
  label: string
  hint?: string
  value: string
  onValue(value: string): void
  /** Ctrl or ⌘ with Enter. */
  onSend(): void
  people: readonly Mentionable[]
  wrong?: string | null
  autoFocus?: boolean
}) => {
  const words = useWords()
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [open, setOpen] = useState<{ from: number; query: string } | null>(null)
  const [active, setActive] = useState(0)
  const offers = open ? fitting(people, open.query) : []
  const over = value.length - CAPS.text
  const problem = over > 0 ? words.board.composer.long({ over }) : wrong

  // Whoever rewrites goes on at the end of it, not before its first word.
  useEffect(() => {
    if (autoFocus) box.current?.setSelectionRange(box.current.value.length, box.current.value.length)
  }, [autoFocus])

  const look = (text: string, caret: number): void => {
    const next = queryBefore(text, caret, people)
    setOpen(next)
    setActive(0)
    if (next && !open) announce(words.board.composer.mentionList)
  }
  const pick = (one: Mentionable): void => {
    if (!open || !box.current) return
    const caret = box.current.selectionStart
    const before = `${value.slice(0, open.from)}@${one.handle} `
    // At once: who types on would else have letters before the caret is put behind the name.
    flushSync(() => {
      onValue(before + value.slice(caret))
      setOpen(null)
    })
    box.current.focus()
    box.current.setSelectionRange(before.length, before.length)
  }
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault()
      onSend()
      return
    }
    if (offers.length === 0) return
    const chosen = offers[active]
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault()
      setActive((active + (e.key === 'ArrowDown' ? 1 : offers.length - 1)) % offers.length)
    } else if ((e.key === 'Enter' || e.key === 'Tab') && chosen) {
      e.preventDefault()
      pick(chosen)
    } else if (e.key === 'Escape') {
      e.preventDefault()
      e.stopPropagation()
      setOpen(null)
    }
  }
  return (
    <div className={`${ui.field} ${css.mentionBox}`}>
      <label className={ui.label} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        ref={box}
        className={ui.input}
        rows={3}
        value={value}
        // biome-ignore lint/a11y/noAutofocus: the person has just placed a mark and is about to write
        autoFocus={!!autoFocus}
        aria-invalid={!!problem}
        aria-describedby={`${id}-hint${problem ? ` ${id}-wrong` : ''}`}
        aria-autocomplete="list"
        aria-controls={offers.length > 0 ? `${id}-list` : undefined}
        aria-activedescendant={offers.length > 0 ? `${id}-${active}` : undefined}
        onChange={(e) => {
          onValue(e.currentTarget.value)
          look(e.currentTarget.value, e.currentTarget.selectionStart)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(null)}
      />
      {offers.length > 0 && (
        <div id={`${id}-list`} role="listbox" aria-label={words.board.composer.mentionList} className={css.offers}>
          {offers.map((one, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys stay in the text box, as in every combobox
            // biome-ignore lint/a11y/useFocusableInteractive: the active one is named by the text box
            <div
              key={one.id}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(e) => e.preventDefault()}
              onClick={() => pick(one)}
            >
              <strong>{one.handle}</strong> <span className={ui.hint}>{one.firm}</span>
            </div>
          ))}
        </div>
      )}
      {/* Over the page, as the names are: what moved the buttons would take the click from under them when the box is left. */}
      {open && offers.length === 0 && open.query !== '' && (
        <div className={css.offers}>
          <p className={ui.hint}>{words.board.composer.mentionNone}</p>
        </div>
      )}
      {hint && (
        <p id={`${id}-hint`} className={ui.hint}>
          {hint}
        </p>
      )}
      {problem && <Wrong id={`${id}-wrong`}>{problem}</Wrong>}
    </div>
  )
}
