import { isClosed } from '../../../shared/domain/decision.ts'
import { levelOf } from '../../../shared/pattern/operation.ts'
import { figureKind } from './figure.ts'
import { stampBadge } from './parts.ts'

/** Where a proposal was made: what kind of change it asks for, and whether it is answered. */
export const proposal = figureKind((ctx, what, brush) => {
  const { change, decision, words } = what.mark
  const isDone = decision?.is === 'accepted' || decision?.is === 'part'
  stampBadge(ctx, what, what.points[0]!, brush, {
    is: change ? levelOf(change) : words.says,
    end: isDone ? 'done' : isClosed(decision) ? 'closed' : what.mark.resolved ? 'done' : null,
    pin: true,
  })
})
