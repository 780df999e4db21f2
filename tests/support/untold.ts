import { mapRun } from '../../shared/pattern/curve.ts'
import { writeDxf } from '../../shared/pattern/dxf/write.ts'
import type { Pattern, Piece, Shape, Vec } from '../../shared/pattern/model.ts'
import { BODY, bodice, pattern } from './drafts.ts'
import { withoutComments } from './dxf.ts'

/** One size smaller, the base, one larger: each measure by its own step. */
const BODIES = [-1, 0, 1].map((k) => ({
  ...BODY,
  chest: BODY.chest + 10 * k,
  back: BODY.back + 6 * k,
  neck: BODY.neck + 2 * k,
}))
const front: Piece = { ...bodice(BODIES), name: 'Delantero', ring: null }
const back: Piece = {
  ...(JSON.parse(
    JSON.stringify(bodice(BODIES.map((body) => ({ ...body, drop: 25 })))).replaceAll(/"f(?=[."])/g, '"b'),
  ) as Piece),
  name: 'Espalda',
  ring: null,
}
/** Front and back of a blouse on the fold, three sizes, millimetres. Edges of both: hem, side, armhole, shoulder, neckline, fold. */
export const blouse: Pattern = pattern([front, back], {
  name: 'Blusa de tres tallas',
  sizes: ['30', '32', '34'],
  base: 1,
})
export const HEM = 0
export const SIDE = 1
export const NECKLINE = 4

const tenth = <V extends Vec>(at: V): V => ({ ...at, x: at.x / 10, y: at.y / 10 })
const shrunk = (shape: Shape): Shape => ({
  ...shape,
  runs: shape.runs.map((run) => mapRun(run, tenth)),
  notches: shape.notches.map((place) => place && { s: place.s / 10, off: place.off / 10 }),
  drills: shape.drills.map((at) => at && tenth(at)),
  internals: shape.internals.map((run) => run && mapRun(run, tenth)),
  grain: shape.grain && [tenth(shape.grain[0]), tenth(shape.grain[1])],
})
const inCm: Pattern = {
  ...blouse,
  pieces: blouse.pieces.map((piece) => ({
    ...piece,
    notches: piece.notches.map((notch) => ({ ...notch, depth: notch.depth / 10 })),
    drills: piece.drills.map((drill) => ({ ...drill, diameter: drill.diameter / 10 })),
    shapes: piece.shapes.map((shape) => shape && shrunk(shape)),
  })),
}

/** The blouse as many programs write it: it says METRIC and is drawn in centimetres, and nobody knows which line it is. */
export const untold: string = withoutComments(
  writeDxf(inCm, { dialect: 'aama', date: { y: 2026, m: 11, d: 23, h: 10, min: 0 } }),
)
