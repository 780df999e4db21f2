import * as Y from 'yjs'
import { marksOf, sheetsOf } from '../shared/document/read.ts'
import { parseSheet } from '../shared/document/schema.ts'
import { penPoint } from '../shared/document/shape.ts'
import { type NewMark, write } from '../shared/document/write.ts'
import { markId } from '../shared/domain/ids.ts'
import { DRAWN_KINDS, type DrawnKind, type Point, SAYS, type Shape } from '../shared/domain/mark.ts'
import type { Sheet } from '../shared/domain/sheet.ts'
import { sheetUnit } from '../shared/domain/units.ts'
import { hear, hello, updateFrame } from './load/dialect.ts'
import { readDocument } from './load/document.ts'
import { openWire } from './load/socket.ts'
import { randomSource } from './random.ts'
import { type Ours, seatOf } from './subjects.ts'

const TOGETHER = 50

/**
 * Puts marks of every kind on the board's sheets, some of everybody, as a script that speaks the protocol would. Always the same
 * ones.
 *
 * @returns bytes of the frame that brings the whole document to a newcomer.
 * @throws {Error} when they are not all there in a minute.
 */
export const fill = async (ours: Ours, count: number): Promise<number> => {
  const random = randomSource(2)
  const first = await readDocument('y-websocket', '', await seatOf(ours, ours.people[0]!))
  const sheets = [...sheetsOf(first.doc).values()].flatMap((value) => parseSheet(value) ?? [])
  const before = marksOf(first.doc).size
  const each = Math.ceil(count / ours.people.length)
  let left = count
  for (const [i, who] of ours.people.entries()) {
    const seat = await seatOf(ours, who)
    const doc = new Y.Doc()
    const wire = await openWire(seat, (frame) =>
      hear('y-websocket', frame, { update: (update) => Y.applyUpdate(doc, update), state: () => undefined }),
    )
    for (const frame of hello('y-websocket', '')) wire.send(frame)
    const own = Math.min(each, left)
    left -= own
    const mine = new Y.Doc()
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(first.doc))
    mine.clientID = seat.client
    for (let made = 0; made < own; ) {
      let update: Uint8Array | undefined
      mine.once('update', (bytes: Uint8Array) => {
        update = bytes
      })
      const batch = Math.min(TOGETHER, own - made)
      mine.transact(() => {
        for (let n = 0; n < batch; n++) {
          const id = markId(`${who.person}_fill${(i * each + made + n).toString(36).padStart(6, '0')}`)
          write(mine, { do: 'add', mark: aMark(id, sheets, random) }, null)
        }
      })
      wire.send(updateFrame('y-websocket', '', update!))
      made += batch
    }
    const until = Date.now() + 60_000
    const wanted = before + count - left
    while (marksOf(doc).size < wanted) {
      // Our own come back only to others: a newcomer is asked.
      const seen = await readDocument('y-websocket', '', await seatOf(ours, who))
      if (marksOf(seen.doc).size >= wanted) break
      if (wire.ended !== null) throw new Error(`the server closed the filling connection: ${wire.ended}`)
      if (Date.now() > until) throw new Error(`${marksOf(seen.doc).size} of ${wanted} marks are there`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    wire.close()
  }
  return (await readDocument('y-websocket', '', await seatOf(ours, ours.people[0]!))).bytes
}

const TEXTS = [
  'La sisa queda alta: baja 1 cm al frente',
  '¿La manga lleva embebido?',
  'Sugiero entretela ligera en la vista',
  'El hilo no corre al centro',
  'Piquete de la pinza fuera de lugar',
]

const aMark = (id: NewMark['id'], sheets: readonly Sheet[], random: () => number): NewMark => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const sheet = pick(sheets)
  const at = (near?: Point): Point =>
    near === undefined
      ? { x: sheetUnit(random() * sheet.width), y: sheetUnit(random() * sheet.height) }
      : {
          x: sheetUnit(near.x + (random() - 0.5) * sheet.width * 0.05),
          y: sheetUnit(near.y + (random() - 0.5) * sheet.height * 0.05),
        }
  return {
    id,
    sheet: sheet.id,
    shape: aShape(pick(DRAWN_KINDS), at, random),
    words: { says: pick(SAYS), text: pick(TEXTS) },
    done: random() < 0.2,
    replies: [],
  }
}

const aShape = (kind: DrawnKind, at: (near?: Point) => Point, random: () => number): Shape => {
  const start = at()
  switch (kind) {
    case 'pin':
      return { kind, at: start }
    case 'arrow':
      return { kind, from: start, to: at(start) }
    case 'pen':
      return {
        kind,
        points: Array.from({ length: 40 }, (_, i) =>
          penPoint(start.x + i * 2, start.y + Math.sin(i / 4) * 12, 0.3 + random() * 0.4),
        ),
      }
    case 'area':
      return { kind, points: [start, at(start), at(start), at(start)] }
    case 'tape':
      return { kind, points: [start, at(start), at(start)] }
  }
}
