import { useEffect, useRef, useState } from 'react'
import { complain } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './sheets.module.css'
import { useTake } from './useTake.ts'

const hasFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') ?? false

/**
 * A file may be dropped anywhere on the board's page. A look that is being composed takes it; else it is sent by who may add sheets, and everybody else reads why not. Left
 * to itself the browser would leave the page for the file.
 */
export const DropAnywhere = () => {
  const words = useWords()
  const { own, catcher } = useDesk()
  const take = useTake()
  const [over, setOver] = useState(false)
  const latest = useRef({ own, take, words })
  latest.current = { own, take, words }
  useEffect(() => {
    const onOver = (e: DragEvent): void => {
      if (!hasFiles(e)) return
      e.preventDefault()
      setOver(true)
    }
    const onLeave = (e: DragEvent): void => {
      // Going from one part of the page to another is not leaving it.
      if (e.relatedTarget === null) setOver(false)
    }
    const onDrop = (e: DragEvent): void => {
      setOver(false)
      if (!hasFiles(e)) return
      e.preventDefault()
      const { own, take, words } = latest.current
      if (catcher.current) catcher.current(e.dataTransfer?.files ?? null)
      else if (own) take(e.dataTransfer?.files ?? null)
      else complain(words.board.sheets.dropNotYours)
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [catcher])
  const said = catcher.current ? 'dropSwatch' : own ? 'drop' : 'dropNotYours'
  return over ? (
    <div className={css.dropOver} aria-hidden="true">
      <strong>{words.board.sheets[said]}</strong>
    </div>
  ) : null
}
