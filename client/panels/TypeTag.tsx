import { lazy, Suspense } from 'react'
import { isClosed } from '../../shared/domain/decision.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { levelOf } from '../../shared/pattern/operation.ts'
import { Icon } from '../brand/icons.tsx'
import { SaysTag } from '../design/Says.tsx'
import ui from '../design/ui.module.css'
import { part } from '../sync/part.ts'
import { useWords } from '../words/words.ts'
import css from './panels.module.css'

const OperationName = lazy(() => part(() => import('../proposals/OperationName.tsx')))

/** What a mark says, or the type of what it proposes: colour, icon and word together. */
export const TypeTag = ({ mark }: { mark: Mark }) => {
  const words = useWords()
  if (!mark.change) return <SaysTag says={mark.words.says} />
  const level = levelOf(mark.change)
  return (
    <span className={`${ui.says} ${css[level]}`}>
      <Icon name={level} />
      {words.levels[level]}
    </span>
  )
}

/** What became of a proposal; nothing while nobody has said anything. */
export const DecisionTag = ({ decision }: Pick<Mark, 'decision'>) => {
  const words = useWords()
  if (!decision) return null
  const good = decision.is === 'accepted' || decision.is === 'part'
  return (
    <span className={`${ui.says} ${good ? ui.done : ui.plain}`}>
      <Icon name={good ? 'resolve' : isClosed(decision) ? 'close' : 'clock'} />
      {words.decided[decision.is]}
    </span>
  )
}

/** What a proposal asks for. Its words come with the first proposal; until then its type says enough. */
export const ProposalName = ({ mark }: { mark: Mark }) =>
  mark.change && (
    <Suspense fallback={null}>
      <OperationName op={mark.change.op} />
    </Suspense>
  )
