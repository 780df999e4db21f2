import type { Vec } from '../../shared/pattern/model.ts'

export interface Size {
  readonly width: number
  readonly height: number
}
export interface Packed extends Size {
  /** Lower left corner of each, in the order given, mm, y upwards. */
  readonly at: readonly Vec[]
}

/** A stretch of the sheet's front: from `x` on, everything is taken down to `y` (downwards from the top). */
interface Step {
  readonly x: number
  readonly y: number
}

/** How far down a box of this width must begin at x, over all steps that it spans. */
const under = (front: readonly Step[], x: number, width: number): number => {
  let y = 0
  for (const [i, step] of front.entries()) {
    const end = front[i + 1]?.x ?? Infinity
    if (end > x + 1e-9 && step.x < x + width - 1e-9) y = Math.max(y, step.y)
  }
  return y
}

/** The front after a box was laid: its own stretch lower, the rest as it was. */
const lowered = (front: readonly Step[], x: number, width: number, y: number): Step[] => {
  const after = front.findLast((step) => step.x <= x + width + 1e-9)
  const before = front.filter((step) => step.x < x - 1e-9)
  const rest = front.filter((step) => step.x > x + width + 1e-9)
  return [...before, { x, y }, { x: x + width, y: after?.y ?? 0 }, ...rest]
}

/**
 * Boxes on a sheet no wider than `width` where they allow it, `gap` between them and none around: tallest first, each where it ends
 * highest up, then furthest left (the skyline heuristic; Jylänki, "A thousand ways to pack the bin", 2010).
 */
export const pack = (boxes: readonly Size[], width: number, gap: number): Packed => {
  const order = boxes.map((_, i) => i).sort((a, b) => boxes[b]!.height - boxes[a]!.height || a - b)
  const tops: { x: number; top: number }[] = []
  let front: Step[] = [{ x: 0, y: 0 }]
  let wide = 0
  let height = 0
  for (const i of order) {
    const box = boxes[i] as Size
    let best = { x: 0, top: Infinity }
    for (const { x } of front) {
      if (x > 0 && x + box.width > width + 1e-9) continue
      const top = under(front, x, box.width + gap)
      if (top < best.top - 1e-9) best = { x, top }
    }
    tops[i] = best
    front = lowered(front, best.x, box.width + gap, best.top + box.height + gap)
    wide = Math.max(wide, best.x + box.width)
    height = Math.max(height, best.top + box.height)
  }
  return { width: wide, height, at: boxes.map((box, i) => ({ x: tops[i]!.x, y: height - tops[i]!.top - box.height })) }
}
