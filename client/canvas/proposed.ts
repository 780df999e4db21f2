import { type BoardPoint, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import { drawnOf } from '../../shared/pattern/curve.ts'
import { layOut } from '../../shared/pattern/layout.ts'
import { type Pattern, type PieceId, pieceOf, type Vec } from '../../shared/pattern/model.ts'
import { levelOf, type Operation } from '../../shared/pattern/operation.ts'
import { lerp } from '../../shared/pattern/vec.ts'
import { type LoadedPattern, linesOf, type Patterns } from '../patterns/store.ts'
import { edgeUnder, type Frame, frameOf, type Picked, type Trace, traceOf } from '../patterns/trace.ts'
import { type Handle, handlesOf } from '../proposals/handles.ts'
import type { OnBench, Workbench } from '../proposals/workbench.ts'
import type { BoardSession } from '../sync/contract.ts'
import type { MeantEdge } from './contract.ts'
import { label, lineThrough } from './figures/parts.ts'
import type { Lines } from './lines.ts'
import { COLOURS, LEVEL_COLOURS } from './looks.ts'
import { toScreen, type Viewport } from './viewport.ts'

const HANDLE_PX = 7
/** A finger takes hold of a handle this near to it, in screen pixels. */
const GRIP_PX = 22

/** What a hand holds until it lets go. */
export interface Grip {
  move(to: BoardPoint): void
}

/** A proposal as it lies over the pattern: the line that is, the line that would be, and what can be dragged. */
export interface Proposed {
  draw(ctx: CanvasRenderingContext2D, view: Viewport): void
  /** Takes hold of a handle, if one is within reach. */
  grip(at: BoardPoint, scale: number): Grip | null
  /** The edge that is meant by a place, on whichever pattern lies there. */
  meant(at: BoardPoint, reach: number): (Picked & { readonly sheet: SheetId }) | null
}

export interface ProposedNeeds {
  readonly session: BoardSession
  readonly patterns: Patterns
  readonly lines: () => Lines | null
  readonly workbench: Workbench
  /** The edge that a proposal would begin from. */
  chosen(): MeantEdge | null
  /** A length or an angle beside its handle, as people read it. */
  say(operation: Operation, handle: Handle): string
}

interface Shown {
  readonly of: OnBench
  /** Stretches of the lines that would go, and of those that would come in their place. */
  readonly gone: readonly (readonly Vec[])[]
  readonly fresh: readonly (readonly Vec[])[]
  readonly freshSew: readonly (readonly Vec[])[]
  readonly handles: readonly { readonly handle: Handle; readonly frame: Frame }[]
  /** Edges that the operation names, of the line that is. */
  readonly named: readonly (readonly Vec[])[]
}

const tracesOf = (
  pattern: Pattern,
  pieces: readonly PieceId[],
  size: number,
  frame: (piece: PieceId) => Frame | null,
): Trace[] =>
  pieces.flatMap((id) => {
    const piece = pieceOf(pattern, id)
    const shape = piece?.shapes[size]
    const at = frame(id)
    return piece && shape && at ? [traceOf(piece, shape, size, at)] : []
  })

const round = (line: readonly Vec[]): readonly Vec[] => (line[0] ? [...line, line[0]] : line)
/** What of a piece is drawn solid. */
const linesIn = ({ cut, internals, notches, grain }: Trace): (readonly Vec[])[] => [
  round(cut),
  ...internals.map(({ line }) => line),
  ...notches,
  ...(grain ? [grain] : []),
]

const keyOf = ({ x, y }: Vec): string => `${x.toFixed(3)} ${y.toFixed(3)}`

/** The stretches of lines that are not among the others: an operation leaves the points that it doesn't move where they were. */
const stretches = (lines: readonly (readonly Vec[])[], others: readonly (readonly Vec[])[]): (readonly Vec[])[] => {
  const known = new Set<string>()
  for (const line of others)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [keyOf(line[i - 1] as Vec), keyOf(line[i] as Vec)]
      known.add(`${a} ${b}`).add(`${b} ${a}`)
    }
  const out: Vec[][] = []
  for (const line of lines) {
    let open: Vec[] | null = null
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1] as Vec, line[i] as Vec]
      if (known.has(`${keyOf(a)} ${keyOf(b)}`)) {
        open = null
        continue
      }
      if (open) open.push(b)
      else {
        open = [a, b]
        out.push(open)
      }
    }
  }
  return out
}

/** The point at a share of a line's length. */
const along = (line: readonly Vec[], share: number): Vec => {
  const lengths = line.slice(1).map((p, i) => Math.hypot(p.x - (line[i] as Vec).x, p.y - (line[i] as Vec).y))
  let left = share * lengths.reduce((sum, one) => sum + one, 0)
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) return lerp(line[i] as Vec, line[i + 1] as Vec, left / length)
    left -= length
  }
  return line.at(-1) as Vec
}

/** Every id that stands in an operation's parameters. */
const idsIn = (operation: Operation): ReadonlySet<string> =>
  new Set(
    Object.values(operation)
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .filter((v) => typeof v === 'string'),
  )

export const openProposed = (needs: ProposedNeeds): Proposed => {
  let shown: Shown | null = null

  const compute = (of: OnBench): Shown | null => {
    const sheet = needs.session.records.get().sheets.find(({ id }) => id === of.sheet)
    const lines: LoadedPattern | null = linesOf(needs.patterns.state.get().get(of.sheet))
    if (!sheet || !lines) return null
    const { outcome, operation, before, size } = of
    // A piece that a split makes has no place on the sheet yet: it is shown where a new version would lay it.
    const layout = outcome.ok ? layOut(outcome.pattern, lines.layout) : lines.layout
    const frame = (piece: PieceId): Frame | null => frameOf(sheet, lines.layout, piece) ?? frameOf(sheet, layout, piece)
    const changed = outcome.ok ? outcome.pieces : []
    const was = tracesOf(before, changed, size, frame)
    const is = outcome.ok ? tracesOf(outcome.pattern, changed, size, frame) : []
    const ids = idsIn(operation)
    return {
      of,
      gone: was.flatMap((trace) => stretches(linesIn(trace), is.flatMap(linesIn))),
      fresh: is.flatMap((trace) => stretches(linesIn(trace), was.flatMap(linesIn))),
      freshSew: is.flatMap((trace) =>
        stretches(
          [round(trace.sew)],
          was.map(({ sew }) => sew),
        ),
      ),
      handles: of.open
        ? handlesOf(before, size, operation).flatMap((handle) => {
            const at = frame(handle.piece)
            return at ? [{ handle, frame: at }] : []
          })
        : [],
      named: before.pieces.flatMap((piece) => {
        const shape = piece.shapes[size]
        const at = frame(piece.id)
        return shape && at
          ? piece.edges.flatMap(({ id }, i) => {
              const run = shape.runs[i]
              return run && ids.has(id) ? [drawnOf(run).map(at.toBoard)] : []
            })
          : []
      }),
    }
  }
  const now = (): Shown | null => {
    const of = needs.workbench.state.get()
    if (!of) shown = null
    else if (shown?.of !== of) shown = compute(of)
    return shown
  }

  const stroke = (ctx: CanvasRenderingContext2D, view: Viewport, line: readonly Vec[]): void => {
    ctx.beginPath()
    lineThrough(
      ctx,
      line.map((p) => toScreen(view, p)),
    )
    ctx.stroke()
  }
  /** Before anything is asked for: the edge, and where on it. */
  const drawChosen = (ctx: CanvasRenderingContext2D, view: Viewport): void => {
    const chosen = needs.chosen()
    const trace =
      chosen &&
      needs
        .lines()
        ?.traces(chosen.sheet)
        .find(({ piece }) => piece.id === chosen.piece)
    const line = chosen && trace?.edges[chosen.edge]
    if (!line) return
    ctx.setLineDash([])
    ctx.lineJoin = ctx.lineCap = 'round'
    ctx.strokeStyle = COLOURS.focus
    ctx.globalAlpha = 0.4
    ctx.lineWidth = 9
    stroke(ctx, view, line)
    ctx.globalAlpha = 1
    const at = toScreen(view, along(line, chosen.t))
    ctx.fillStyle = COLOURS.focus
    ctx.strokeStyle = COLOURS.white
    ctx.lineWidth = 2
    ctx.beginPath()
    ctx.arc(at.x, at.y, HANDLE_PX - 1, 0, 2 * Math.PI)
    ctx.fill()
    ctx.stroke()
  }
  return {
    draw(ctx, view) {
      const scene = now()
      if (!scene) {
        drawChosen(ctx, view)
        return
      }
      const colour = LEVEL_COLOURS[levelOf(scene.of.operation)].line
      ctx.lineJoin = ctx.lineCap = 'round'
      // The old line is rubbed out and dotted; what stays as it was is not drawn again.
      ctx.setLineDash([])
      ctx.strokeStyle = COLOURS.sheet
      ctx.lineWidth = 4
      for (const line of scene.gone) stroke(ctx, view, line)
      ctx.strokeStyle = COLOURS.edge
      ctx.lineWidth = 1.2
      ctx.setLineDash([4, 4])
      for (const line of scene.gone) stroke(ctx, view, line)
      ctx.setLineDash([])
      ctx.strokeStyle = colour
      ctx.lineWidth = 2.2
      for (const line of scene.fresh) stroke(ctx, view, line)
      ctx.lineWidth = 1.4
      ctx.setLineDash([5, 3])
      for (const line of scene.freshSew) stroke(ctx, view, line)
      ctx.setLineDash([])
      ctx.globalAlpha = 0.35
      ctx.lineWidth = 7
      for (const line of scene.named) stroke(ctx, view, line)
      ctx.globalAlpha = 1
      for (const { handle, frame } of scene.handles) {
        const at = toScreen(view, frame.toBoard(handle.at))
        if (handle.from) {
          const from = toScreen(view, frame.toBoard(handle.from))
          ctx.lineWidth = 1
          ctx.strokeStyle = colour
          stroke(ctx, { x: 0, y: 0, scale: 1 }, [from, at])
        }
        ctx.fillStyle = COLOURS.white
        ctx.strokeStyle = colour
        ctx.lineWidth = 2.5
        ctx.beginPath()
        ctx.arc(at.x, at.y, HANDLE_PX, 0, 2 * Math.PI)
        ctx.fill()
        ctx.stroke()
        const text = needs.say(scene.of.operation, handle)
        if (text !== '') label(ctx, text, { x: at.x, y: at.y - 22 }, 1, colour)
      }
    },
    grip(at, scale) {
      const scene = now()
      if (!scene?.of.open) return null
      let best: { handle: Handle; frame: Frame; distance: number } | null = null
      for (const { handle, frame } of scene.handles) {
        const p = frame.toBoard(handle.at)
        const distance = Math.hypot(p.x - at.x, p.y - at.y) * scale
        if (distance <= GRIP_PX && (!best || distance < best.distance)) best = { handle, frame, distance }
      }
      if (!best) return null
      const { handle, frame } = best
      const start = frame.toBoard(handle.at)
      const slip = { x: start.x - at.x, y: start.y - at.y }
      return {
        // From the handle as it was when it was taken: no step builds on the one before, so nothing drifts.
        move: (to) => needs.workbench.turn(handle.drag(frame.toPiece({ x: to.x + slip.x, y: to.y + slip.y }))),
      }
    },
    meant(at, reach) {
      let best: (Picked & { sheet: SheetId }) | null = null
      for (const sheet of needs.session.records.get().sheets) {
        const { width, height } = sizeOnBoard(sheet)
        const isNear =
          at.x >= sheet.place.x - reach &&
          at.y >= sheet.place.y - reach &&
          at.x <= sheet.place.x + width + reach &&
          at.y <= sheet.place.y + height + reach
        const picked = isNear ? edgeUnder(needs.lines()?.traces(sheet.id) ?? [], at, reach) : null
        if (picked && (!best || picked.distance < best.distance)) best = { ...picked, sheet: sheet.id }
      }
      return best
    },
  }
}
