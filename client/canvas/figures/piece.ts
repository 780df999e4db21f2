import { type Box, overlaps } from '../../../shared/domain/geometry.ts'
import type { Vec } from '../../../shared/pattern/model.ts'
import type { Trace } from '../../patterns/trace.ts'
import { simplified } from '../../tools/simplify.ts'
import { COLOURS, FONT } from '../looks.ts'
import type { Brush } from './figure.ts'
import { arrowHead } from './parts.ts'

/** How one size of a piece is shown: the one in view, another of the nest, or one that a proposal would replace. */
export type PieceLook = 'in-view' | 'nested' | 'ghost'

/** A line is drawn through as few of its points as keep it within this on the screen: a nest of 15 sizes has 60,000. */
const GRAIN_PX = 0.2
/** Zooms share a path while they are within this factor. */
const STEP = 2
/** How many marks each takes as long to draw as: one line, or that with dashes, marks and a name. */
const COST: Record<PieceLook, number> = { 'in-view': 16, nested: 7, ghost: 7 }
/** A piece smaller than this on the screen has no room for its name. */
const READABLE_PX = 70
const DRILL_PX = 4

const COLOUR: Record<PieceLook, string> = { 'in-view': COLOURS.ink, nested: COLOURS.edge, ghost: COLOURS.rule }
const WIDTH_PX: Record<PieceLook, number> = { 'in-view': 1.6, nested: 0.8, ghost: 1.2 }

const add = (path: Path2D, line: readonly Vec[], grain: number): void => {
  simplified(line, grain).forEach(({ x, y }, i) => {
    if (i === 0) path.moveTo(x, y)
    else path.lineTo(x, y)
  })
}

/** The paths of a piece, simplified for one zoom. */
interface Paths {
  readonly at: number
  readonly cut: Path2D
  readonly sew: Path2D
  readonly inside: Path2D
}

/** One size of a piece, drawn straight in board millimetres. */
export class PieceFigure {
  readonly cost: number
  readonly box: Box
  readonly trace: Trace
  readonly look: PieceLook
  readonly #brush: Brush
  #paths: Paths | null = null

  constructor(trace: Trace, look: PieceLook, brush: Brush) {
    this.trace = trace
    this.look = look
    this.cost = COST[look]
    this.box = trace.box
    this.#brush = brush
  }

  render(ctx: CanvasRenderingContext2D): void {
    const { scale, region } = this.#brush
    if (!overlaps(this.box, region)) return
    const paths = this.#pathsAt(scale)
    // A round joint at every point of 240 faint lines is most of what a frame of a nest takes.
    ctx.lineJoin = this.look === 'in-view' ? 'round' : 'bevel'
    ctx.lineCap = 'butt'
    ctx.strokeStyle = COLOUR[this.look]
    ctx.lineWidth = WIDTH_PX[this.look] / scale
    ctx.setLineDash([])
    ctx.stroke(paths.cut)
    if (this.look !== 'in-view') return
    ctx.lineWidth = 1 / scale
    ctx.stroke(paths.inside)
    ctx.setLineDash([5 / scale, 3 / scale])
    ctx.stroke(paths.sew)
    ctx.setLineDash([])
    this.#drawMarks(ctx, scale)
    this.#drawName(ctx, scale)
  }

  #pathsAt(scale: number): Paths {
    const now = this.#paths
    if (now && scale <= now.at && scale > now.at / STEP) return now
    const at = STEP ** Math.ceil(Math.log2(scale))
    const grain = GRAIN_PX / at
    const { cut, sew, internals, notches } = this.trace
    const paths = { at, cut: new Path2D(), sew: new Path2D(), inside: new Path2D() }
    add(paths.cut, cut, grain)
    paths.cut.closePath()
    for (const [from, to] of notches) {
      paths.cut.moveTo(from.x, from.y)
      paths.cut.lineTo(to.x, to.y)
    }
    if (sew.length > 0) {
      add(paths.sew, sew, grain)
      paths.sew.closePath()
    }
    for (const { line, cutOut } of internals) add(cutOut ? paths.cut : paths.inside, line, grain)
    this.#paths = paths
    return paths
  }

  #drawMarks(ctx: CanvasRenderingContext2D, scale: number): void {
    const { drills, grain, fold } = this.trace
    ctx.fillStyle = ctx.strokeStyle = COLOURS.inkSoft
    ctx.lineWidth = 1 / scale
    for (const { x, y } of drills) {
      const r = DRILL_PX / scale
      ctx.beginPath()
      ctx.arc(x, y, r, 0, 2 * Math.PI)
      ctx.moveTo(x - r, y)
      ctx.lineTo(x + r, y)
      ctx.moveTo(x, y - r)
      ctx.lineTo(x, y + r)
      ctx.stroke()
    }
    if (grain) {
      const [from, to] = grain
      ctx.beginPath()
      ctx.moveTo(from.x, from.y)
      ctx.lineTo(to.x, to.y)
      ctx.stroke()
      arrowHead(ctx, from, to, 10 / scale)
      arrowHead(ctx, to, from, 10 / scale)
    }
    const [start, end] = [fold[0], fold.at(-1)]
    if (start && end) {
      ctx.setLineDash([12 / scale, 3 / scale, 2 / scale, 3 / scale])
      ctx.lineWidth = 2.5 / scale
      ctx.strokeStyle = COLOURS.focus
      ctx.beginPath()
      ctx.moveTo(start.x, start.y)
      ctx.lineTo(end.x, end.y)
      ctx.stroke()
      ctx.setLineDash([])
    }
  }

  #drawName(ctx: CanvasRenderingContext2D, scale: number): void {
    const { box, trace } = this
    if (Math.min(box.width, box.height) * scale < READABLE_PX / 2 || box.width * scale < READABLE_PX) return
    ctx.save()
    ctx.translate(box.x + box.width / 2, box.y + box.height / 2)
    ctx.scale(1 / scale, 1 / scale)
    ctx.font = `600 13px ${FONT}`
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.lineWidth = 4
    ctx.strokeStyle = COLOURS.sheet
    ctx.fillStyle = COLOURS.inkSoft
    ctx.strokeText(trace.piece.name, 0, 0, box.width * scale)
    ctx.fillText(trace.piece.name, 0, 0, box.width * scale)
    ctx.restore()
  }
}
