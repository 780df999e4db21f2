import { settled } from '../../shared/document/shape.ts'
import type { BoardPoint } from '../../shared/domain/geometry.ts'
import { sheetAt, toSheet } from '../../shared/domain/geometry.ts'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Says } from '../../shared/domain/mark.ts'
import { mm } from '../../shared/domain/units.ts'
import type { BoardSession, Watched } from '../sync/contract.ts'
import { cell } from '../sync/watched.ts'
import { toolOf } from './index.ts'
import { dragged } from './select.ts'
import type { Preview, Table, ToolEvent, ToolId } from './tool.ts'

export interface HostNeeds {
  readonly session: BoardSession
  table(): Table
  /** Type that the next mark's words will have. */
  says(): Says
  onSelect(mark: MarkId | null): void
  onDrawn(mark: MarkId): void
  onScaleLine(sheet: SheetId, length: number): void
  onMeant(at: BoardPoint, reach: number): void
  onRefused(reason: string): void
}

/** Runs the tool in hand: shows what it previews, to others too, and has carried out what it wants. */
export interface ToolHost {
  readonly tool: Watched<ToolId>
  readonly preview: Watched<Preview | null>
  pick(tool: ToolId): void
  /** @returns whether the tool is in the middle of something afterwards; if not, a drag may move the board. */
  handle(event: ToolEvent): boolean
  isBusy(): boolean
  /** Where the pointer is, for others to see; null when it left. */
  point(at: BoardPoint | null): void
  /** Moves the selected mark, if it is one's own, by millimetres of the board. */
  nudge(dx: number, dy: number): boolean
}

export const openHost = (needs: HostNeeds): ToolHost => {
  const { session } = needs
  const current = cell<ToolId>('select')
  const preview = cell<Preview | null>(null)
  let state: unknown = toolOf('select').rest
  let shining = false

  const refusedOr = (verdict: ReturnType<BoardSession['act']>): boolean => {
    if (!verdict.ok) needs.onRefused(verdict.reason)
    return verdict.ok
  }
  const show = (next: Preview | null): void => {
    if (preview.get() === next) return
    preview.set(next)
    session.show({ drawing: next ? { sheet: next.sheet, shape: next.shape } : null })
  }
  const handle = (event: ToolEvent): boolean => {
    const tool = toolOf(current.get())
    const step = tool.step(state, event, needs.table())
    state = step.state
    if (step.laser !== undefined && step.laser !== shining) {
      shining = step.laser
      session.show({ laser: shining })
    }
    show(step.preview ?? null)
    const wish = step.commit
    switch (wish?.do) {
      case 'add': {
        const id = session.newMarkId()
        const words = { says: needs.says(), text: '' }
        const mark = { id, sheet: wish.sheet, shape: settled(wish.shape), words, done: false, replies: [] }
        if (refusedOr(session.act({ do: 'add', mark }))) needs.onDrawn(id)
        break
      }
      case 'move':
        refusedOr(session.act({ do: 'move', mark: wish.mark, shape: settled(wish.shape) }))
        break
      case 'select':
        needs.onSelect(wish.mark)
        break
      case 'mean':
        needs.onMeant(wish.at, wish.reach)
        break
      case 'scale':
        needs.onScaleLine(wish.sheet, wish.length)
        break
    }
    return state !== tool.rest
  }
  return {
    tool: current,
    preview,
    handle,
    isBusy: () => state !== toolOf(current.get()).rest,
    pick(tool) {
      if (tool === current.get()) return
      handle({ type: 'cancel' })
      current.set(tool)
      state = toolOf(tool).rest
    },
    point(at) {
      const sheet = at && sheetAt(needs.table().sheets, at)
      if (!at || !sheet) {
        session.show({ cursor: null })
        return
      }
      const p = toSheet(sheet, at)
      session.show({ cursor: { sheet: sheet.id, x: p.x, y: p.y } })
    },
    nudge(dx, dy) {
      const table = needs.table()
      const mark = table.selected
      const sheet = mark && table.sheet(mark.sheet)
      if (!mark || !sheet || !table.isMine(mark.id)) return false
      const from = { x: sheet.place.x, y: sheet.place.y }
      const shape = dragged(mark, sheet, null, from, { x: mm(from.x + dx), y: mm(from.y + dy) })
      refusedOr(session.act({ do: 'move', mark: mark.id, shape: settled(shape) }))
      return true
    },
  }
}
