import type { ReactNode } from 'react'
import { Icon } from '../brand/icons.tsx'
import { ApiError } from '../sync/api.ts'
import { useFormats } from '../words/format.ts'
import { refusalText } from '../words/refusal.ts'
import { useWords } from '../words/words.ts'
import { Button } from './Button.tsx'
import css from './ui.module.css'

export const Notice = ({ mood = 'plain', children }: { mood?: 'plain' | 'bad' | 'good'; children: ReactNode }) => (
  <div className={`${css.notice} ${mood === 'bad' ? css.noticeBad : mood === 'good' ? css.noticeGood : ''}`}>
    <Icon name={mood === 'bad' ? 'warning' : mood === 'good' ? 'check' : 'info'} />
    <div>{children}</div>
  </div>
)

export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className={css.empty}>
    <strong>{title}</strong>
    {children}
  </div>
)

/** The sentence for whatever a request threw. */
export const useRefusal = (): ((problem: unknown) => string) => {
  const words = useWords()
  const format = useFormats()
  return (problem) =>
    problem instanceof ApiError ? refusalText(words, format, problem.code, problem.params) : words.refusals.other
}

/** What went wrong, read out at once, with a way on. */
export const Problem = ({ problem, onRetry }: { problem: unknown; onRetry?: (() => void) | undefined }) => {
  const words = useWords()
  const say = useRefusal()
  if (!problem) return null
  return (
    <div role="alert">
      <Notice mood="bad">
        <p>{say(problem)}</p>
        {onRetry && (
          <div className={css.noticeAct}>
            <Button small onClick={onRetry}>
              {words.app.retry}
            </Button>
          </div>
        )}
      </Notice>
    </div>
  )
}
