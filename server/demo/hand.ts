import { point } from '../../shared/domain/geometry.ts'
import { markId, type PersonId, personId, replyId } from '../../shared/domain/ids.ts'
import type { Point, Says, Shape } from '../../shared/domain/mark.ts'
import type { Instant } from '../../shared/domain/units.ts'
import { before } from './clock.ts'
import type { StoryMark } from './story.ts'
import { tables } from './tables.ts'

type Pair = readonly [number, number]

const points = (pairs: readonly Pair[]): Point[] => pairs.map(([x, y]) => point(x, y))

export const pin = (x: number, y: number): Shape => ({ kind: 'pin', at: point(x, y) })
export const arrow = (from: Pair, to: Pair): Shape => ({ kind: 'arrow', from: point(...from), to: point(...to) })
export const area = (...pairs: Pair[]): Shape => ({ kind: 'area', points: points(pairs) })
export const tape = (...pairs: Pair[]): Shape => ({ kind: 'tape', points: points(pairs) })

/** A stroke as a hand would draw it through these points: a Catmull-Rom curve, pressed harder in the middle. */
export const pen = (...through: Pair[]): Shape => {
  const steps = 8
  const out: { x: Point['x']; y: Point['y']; pressure: number }[] = []
  const count = (through.length - 1) * steps
  for (let i = 0; i <= count; i++) {
    const k = Math.min(through.length - 2, Math.floor(i / steps))
    const t = i / steps - k
    const at = (n: number): Pair => through[Math.min(through.length - 1, Math.max(0, n))]!
    const [a, b, c, d] = [at(k - 1), at(k), at(k + 1), at(k + 2)]
    const along = (axis: 0 | 1): number =>
      0.5 *
      (2 * b[axis] +
        (c[axis] - a[axis]) * t +
        (2 * a[axis] - 5 * b[axis] + 4 * c[axis] - d[axis]) * t * t +
        (3 * b[axis] - a[axis] - 3 * c[axis] + d[axis]) * t * t * t)
    out.push({
      ...point(along(0), along(1)),
      pressure: Math.round((0.35 + 0.4 * Math.sin((Math.PI * i) / count)) * 100) / 100,
    })
  }
  return { kind: 'pen', points: out }
}

/** Who answered, how many days ago, and what. */
export type Answer = readonly [who: string, daysAgo: number, text: string]

export interface Said {
  readonly sheet: string
  readonly who: string
  /** Last part of the mark's id; its answers count on from it. */
  readonly key: string
  readonly daysAgo: number
  readonly says: Says
  readonly shape: Shape
  readonly text: string
  readonly answers?: readonly Answer[]
  readonly resolved?: readonly [by: string, daysAgo: number]
}

export const written = (now: Instant, said: Said): StoryMark => {
  const laid = tables.find(({ id }) => id === said.sheet)!
  const author: PersonId = personId(said.who)
  return {
    id: markId(`${author}_${said.key}`),
    board: laid.board,
    sheet: laid.id,
    author,
    at: before(now, said.daysAgo),
    shape: said.shape,
    words: { says: said.says, text: said.text },
    replies: (said.answers ?? []).map(([who, daysAgo, text], i) => ({
      id: replyId(`${who}_${said.key}${i + 1}`),
      author: personId(who),
      at: before(now, daysAgo),
      text,
    })),
    resolved: said.resolved ? { by: personId(said.resolved[0]), at: before(now, said.resolved[1]) } : null,
    proposal: null,
  }
}
