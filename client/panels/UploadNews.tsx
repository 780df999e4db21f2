import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { offer, toast, useToasts } from '../design/toast-store.ts'
import { useWords } from '../words/words.ts'
import { isAsking, isRunning, useUploads } from './uploads.ts'
import { useOutcome } from './useOutcome.ts'

/** Says how a file ended, wherever in the app the person is by then. Whoever sees the list of files reads it there. */
export const UploadNews = () => {
  const words = useWords()
  const outcome = useOutcome()
  const navigate = useNavigate()
  const latest = useRef({ words, outcome, navigate })
  latest.current = { words, outcome, navigate }
  /** What says that a file asks something, by its key: it leaves once the file goes on, answered here or elsewhere, or is seen in its list. */
  const questions = useRef(new Map<number, number>())
  useEffect(
    () =>
      useUploads.subscribe((now, before) => {
        const { words, outcome, navigate } = latest.current
        const ran = new Set(before.list.filter(isRunning).map(({ key }) => key))
        const asked = new Set(before.list.filter(isAsking).map(({ key }) => key))
        const seeing = (board: (typeof now.list)[number]['board']) => ({
          label: words.board.upload.see,
          run() {
            useUploads.getState().show(board)
            void navigate({ to: '/mesas/$id', params: { id: board } })
          },
        })
        for (const [key, said] of questions.current) {
          const one = now.list.find((upload) => upload.key === key)
          if (one && isAsking(one) && !now.shown.includes(one.board)) continue
          questions.current.delete(key)
          useToasts.getState().dismiss(said)
        }
        for (const one of now.list) {
          if (isAsking(one) && !asked.has(one.key) && !now.shown.includes(one.board))
            questions.current.set(one.key, offer(`${one.name}: ${words.board.upload.asking}`, seeing(one.board)))
          if (!ran.has(one.key) || isRunning(one) || now.shown.includes(one.board)) continue
          const { ended, refused } = outcome(one)
          if (refused === null) toast(`${one.name}: ${ended}`)
          else offer(`${one.name}: ${refused}`, seeing(one.board))
        }
      }),
    [],
  )
  return null
}
