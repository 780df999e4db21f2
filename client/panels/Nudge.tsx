import { type KeyboardEvent, useRef } from 'react'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { MM_PER_INCH, mm } from '../../shared/domain/units.ts'
import { usePrefs } from '../app/prefs.ts'
import type { IconName } from '../brand/icons.tsx'
import { Button } from '../design/Button.tsx'
import { useRefusal } from '../design/Notice.tsx'
import { announce, complain } from '../design/toast-store.ts'
import ui from '../design/ui.module.css'
import { useFormats } from '../words/format.ts'
import { useWords } from '../words/words.ts'
import { useDesk } from './desk.ts'
import css from './sheets.module.css'

type Place = Sheet['place']
interface Step {
  readonly right: -1 | 0 | 1
  readonly down: -1 | 0 | 1
  readonly turn: 0 | 1 | 3
}
const still: Step = { right: 0, down: 0, turn: 0 }
const UP: Step = { ...still, down: -1 }
const DOWN: Step = { ...still, down: 1 }
const LEFT: Step = { ...still, right: -1 }
const RIGHT: Step = { ...still, right: 1 }
const KEYS: Readonly<Record<string, Step>> = { ArrowUp: UP, ArrowDown: DOWN, ArrowLeft: LEFT, ArrowRight: RIGHT }

/**
 * Where a sheet goes with each press. Presses come faster than answers: they add up, and while one place is on its way
 * only the last one waits.
 */
const useNudges = (sheet: Sheet): ((step: Step) => void) => {
  const words = useWords()
  const format = useFormats()
  const say = useRefusal()
  const { unit } = usePrefs()
  const { session } = useDesk()
  const wanted = useRef<Place | null>(null)
  const busy = useRef(false)
  const length = unit === 'cm' ? 10 : MM_PER_INCH

  const send = async (): Promise<void> => {
    busy.current = true
    try {
      for (let sent: Place | null = null; wanted.current !== sent; ) {
        sent = wanted.current
        if (sent) await session.command('sheet.place', { places: [{ sheet: sheet.id, ...sent }] })
      }
    } catch (problem) {
      complain(say(problem))
    } finally {
      wanted.current = null
      busy.current = false
    }
  }
  return ({ right, down, turn }) => {
    const from = wanted.current ?? sheet.place
    const to: Place = {
      x: mm(from.x + right * length),
      y: mm(from.y + down * length),
      turn: ((from.turn + turn) % 4) as Place['turn'],
    }
    wanted.current = to
    announce(
      turn === 0
        ? words.board.sheets.at({ x: format.length(to.x, unit), y: format.length(to.y, unit) })
        : words.board.sheets.degrees({ n: to.turn * 90 }),
    )
    if (!busy.current) void send()
  }
}

/** Moves and turns a sheet while one looks at it: by buttons, or by arrows with the focus among them. */
export const Nudge = ({ sheet }: { sheet: Sheet }) => {
  const words = useWords()
  const format = useFormats()
  const { unit } = usePrefs()
  const nudge = useNudges(sheet)
  const step = format.length(unit === 'cm' ? 10 : MM_PER_INCH, unit)
  const { sheets } = words.board
  const buttons: readonly (readonly [Step, IconName, string])[] = [
    [LEFT, 'chevronLeft', sheets.nudgeLeft],
    [UP, 'chevronUp', sheets.nudgeUp],
    [DOWN, 'chevronDown', sheets.nudgeDown],
    [RIGHT, 'chevronRight', sheets.nudgeRight],
    [{ ...still, turn: 3 }, 'undo', sheets.turnLeft],
    [{ ...still, turn: 1 }, 'turn', sheets.turnRight],
  ]
  const onKeyDown = (e: KeyboardEvent): void => {
    const by = KEYS[e.key]
    if (!by || e.ctrlKey || e.metaKey || e.altKey) return
    // The page's own arrows pan the table.
    e.preventDefault()
    e.stopPropagation()
    nudge(by)
  }
  return (
    <details className={css.nudge}>
      <summary>{sheets.nudge}</summary>
      <p className={ui.hint}>{sheets.nudgeHelp({ step })}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, no field */}
      <div className={css.pad} role="group" aria-label={sheets.nudge} onKeyDown={onKeyDown}>
        {buttons.map(([by, icon, label]) => (
          <Button key={label} icon={icon} iconOnly onClick={() => nudge(by)}>
            {label}
          </Button>
        ))}
      </div>
    </details>
  )
}
