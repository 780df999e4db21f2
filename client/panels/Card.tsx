import { Icon } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { leavesMarks } from '../tools/index.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './panels.module.css'
import { Tabs } from './Tabs.tsx'
import { NextSays, Tools } from './Tools.tsx'
import { UndoRedo } from './UndoRedo.tsx'
import { useWatched } from './watch.ts'

export type CardState = 'low' | 'half' | 'full'

/** On a phone: what is happening, one big action, and everything else one tap up. No drag is needed. */
export const Card = ({ state, onState }: { state: CardState; onState(state: CardState): void }) => {
  const words = useWords()
  const { session, workbench, own, tool, take, openTab } = useDesk()
  const bench = useWatched(workbench.state)
  const { marks, sheets } = useWatched(session.records)
  const loading = useWatched(session.status).is === 'loading'
  const marking = leavesMarks(tool) || tool === 'laser' || tool === 'scale' || tool === 'propose'
  const canMark = sheets.some(({ away }) => !away)
  const next: CardState = state === 'low' ? 'half' : state === 'half' ? 'full' : 'low'
  return (
    <section className={css.card} data-state={state} aria-label={words.board.tabs.label}>
      <div className={css.cardTop}>
        <UndoRedo />
        <button type="button" className={css.cardHandle} aria-expanded={state !== 'low'} onClick={() => onState(next)}>
          <Icon name={state === 'full' ? 'chevronDown' : 'chevronUp'} />
          <span>
            {loading ? words.board.status.loading : words.board.list.marks({ n: marks.size })}
            <span className="unseen">
              {'. '}
              {state === 'low' ? words.board.card.up : state === 'half' ? words.board.card.full : words.board.card.down}
            </span>
          </span>
        </button>
        {state !== 'low' && (
          <Button look="quiet" small icon="chevronDown" iconOnly onClick={() => onState('low')}>
            {words.board.card.down}
          </Button>
        )}
      </div>
      {state === 'low' && (
        <div className={css.cardAct}>
          {bench?.open ? (
            <>
              <p className={css.tap}>{words.board.card.drag}</p>
              <Button look="primary" wide icon="propose" onClick={() => onState('half')}>
                {words.board.card.goOn}
              </Button>
            </>
          ) : marking ? (
            <>
              <p className={css.tap}>{words.board.tools.help[tool]}</p>
              {leavesMarks(tool) && <NextSays />}
              <Tools lying />
              <Button wide onClick={() => take('select')}>
                {words.board.tools.stopMarking}
              </Button>
            </>
          ) : canMark ? (
            <>
              <NextSays />
              <Button look="primary" wide icon="pin" onClick={() => take('pin')}>
                {words.board.tools.mark}
              </Button>
            </>
          ) : (
            // Nothing lies here to talk about yet, and only who owns the table can put something on it.
            own &&
            !loading && (
              <Button
                look="primary"
                wide
                icon="layers"
                onClick={() => {
                  openTab('sheets')
                  onState('half')
                }}
              >
                {words.board.tabs.sheets}
              </Button>
            )
          )}
        </div>
      )}
      {/* What is on the bench lives in its panel: it stays on the pattern while the card is low. */}
      {(state !== 'low' || bench !== null) && (
        <div className={css.cardBody} hidden={state === 'low'}>
          <Tabs />
        </div>
      )}
    </section>
  )
}
