import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, OPERATION_REFUSALS } from '../../../shared/pattern/apply.ts'
import { lengthOf } from '../../../shared/pattern/curve.ts'
import { type Layout, layOut, toSheet } from '../../../shared/pattern/layout.ts'
import { edgeOf, isLocalId, type Pattern } from '../../../shared/pattern/model.ts'
import { OPERATION_NAMES, parseOperation } from '../../../shared/pattern/operation.ts'
import { areaOf, type Box, boxOf, isSimple, outlineOf } from '../../../shared/pattern/ring.ts'
import { change } from '../../support/operations.ts'

/** The boxes of pieces on a sheet, of all their sizes with the widest allowance around. */
const roomsOf = (pattern: Pattern, layout: Layout): Box[] =>
  pattern.pieces.flatMap(({ id, ring, edges, shapes }) => {
    const points = shapes.flatMap((shape) => (shape ? outlineOf(shape) : []))
    const around = ring === 'sew' ? Math.max(0, ...edges.map(({ allowance }) => allowance ?? 0)) : 0
    const box = boxOf(points.map((p) => toSheet(layout, id, p)))
    if (!box) return []
    const { minX, minY, maxX, maxY } = box
    return [{ minX: minX - around, minY: minY - around, maxX: maxX + around, maxY: maxY + around }]
  })
/** What adding and taking away lengths leaves, mm. */
const RECKONED = 1e-6
const overlap = (a: Box, b: Box): boolean =>
  a.minX < b.maxX - RECKONED && b.minX < a.maxX - RECKONED && a.minY < b.maxY - RECKONED && b.minY < a.maxY - RECKONED

const isWhole = (pattern: Pattern): boolean =>
  pattern.pieces.every(({ shapes }) =>
    shapes.every(
      (shape) =>
        shape === null ||
        (outlineOf(shape).every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) &&
          shape.notches.every((place) => place === null || Number.isFinite(place.s))),
    ),
  )

describe.each(OPERATION_NAMES)('%s', (name) => {
  it('leaves simple rings and whole patterns in every size, or says why not', () => {
    fc.assert(
      fc.property(change(name), ([pattern, operation]) => {
        expect(parseOperation(operation)).not.toBe(null)
        const frozen = JSON.stringify(pattern)
        const outcome = apply(pattern, operation)
        expect(JSON.stringify(pattern)).toBe(frozen)
        if (!outcome.ok) {
          expect(OPERATION_REFUSALS).toContain(outcome.refusal.code)
          return
        }
        const after = outcome.pattern
        expect(isWhole(after)).toBe(true)
        const ids = after.pieces.flatMap(({ edges, notches }) => [...edges, ...notches].map(({ id }) => id as string))
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of [...ids, ...after.pieces.map((piece) => piece.id), ...after.seams.map((seam) => seam.id)])
          expect(isLocalId(id)).toBe(true)
        for (const { a, b } of after.seams)
          for (const { edge } of [...a, ...b]) expect(edgeOf(after, edge)).not.toBe(null)
        for (const { from, to } of after.measures)
          for (const place of [from, to]) {
            expect(edgeOf(after, place.edge)).not.toBe(null)
            expect(place.t).toBeGreaterThanOrEqual(0)
            expect(place.t).toBeLessThanOrEqual(1)
          }
        for (const piece of after.pieces) {
          expect(piece.fold === null || piece.edges.some(({ id }) => id === piece.fold)).toBe(true)
          expect(piece.shapes.length).toBe(pattern.sizes.length)
          for (const shape of piece.shapes) {
            if (!shape) throw new Error('a size is gone')
            expect(shape.runs.length).toBe(piece.edges.length)
            expect(shape.notches.length).toBe(piece.notches.length)
            expect(shape.drills.length).toBe(piece.drills.length)
            expect(shape.internals.length).toBe(piece.internals.length)
            shape.runs.forEach((run, i) => {
              const next = shape.runs[(i + 1) % shape.runs.length]?.keys[0]
              const end = run.keys.at(-1)
              expect(Math.hypot((end?.x ?? 0) - (next?.x ?? 1), (end?.y ?? 0) - (next?.y ?? 1))).toBeLessThan(1e-6)
            })
            piece.notches.forEach(({ edge }, i) => {
              const run = shape.runs[piece.edges.findIndex(({ id }) => id === edge)]
              expect(run).toBeDefined()
              const s = shape.notches[i]?.s ?? 0
              expect(s).toBeGreaterThan(-1e-6)
              if (run) expect(s).toBeLessThan(lengthOf(run) + 1e-6)
            })
            if (!outcome.pieces.includes(piece.id)) continue
            expect(isSimple(outlineOf(shape)).ok).toBe(true)
            expect(areaOf(outlineOf(shape))).toBeGreaterThan(0)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('leaves pieces apart on their sheet, where they lay but for those in the way', () => {
    fc.assert(
      fc.property(change(name), ([pattern, operation]) => {
        const outcome = apply(pattern, operation)
        if (!outcome.ok) return
        const before = layOut(pattern)
        const after = layOut(outcome.pattern, before)
        const there = roomsOf(outcome.pattern, after)
        for (const [i, room] of there.entries()) {
          expect(Math.min(room.minX, room.minY)).toBeGreaterThanOrEqual(-RECKONED)
          expect(room.maxX).toBeLessThanOrEqual(after.width + RECKONED)
          expect(room.maxY).toBeLessThanOrEqual(after.height + RECKONED)
          for (const other of there.slice(i + 1)) expect(overlap(room, other)).toBe(false)
        }
        const kept = { ...outcome.pattern, pieces: outcome.pattern.pieces.filter(({ id }) => before.at[id]) }
        const still = roomsOf(kept, before)
        const isClear = still.every(
          (room, i) =>
            room.minX >= -RECKONED &&
            room.minY >= -RECKONED &&
            still.slice(i + 1).every((other) => !overlap(room, other)),
        )
        if (isClear) for (const { id } of kept.pieces) expect(after.at[id]).toEqual(before.at[id])
      }),
      { numRuns: 25 },
    )
  })

  it('previews one size as it will be', () => {
    fc.assert(
      fc.property(change(name), fc.nat(3), ([pattern, operation], any) => {
        const size = any % pattern.sizes.length
        const [all, one] = [apply(pattern, operation), apply(pattern, operation, size)]
        if (!all.ok) return
        if (!one.ok) throw new Error(`only the preview refuses: ${one.refusal.code}`)
        expect(one.pattern.pieces.map(({ id }) => id)).toEqual(all.pattern.pieces.map(({ id }) => id))
        one.pattern.pieces.forEach((piece, i) => {
          expect(piece.edges.map(({ id }) => id)).toEqual(all.pattern.pieces[i]?.edges.map(({ id }) => id))
          expect(piece.shapes[size]?.runs).toEqual(all.pattern.pieces[i]?.shapes[size]?.runs)
        })
      }),
      { numRuns: 25 },
    )
  })
})
