import type { Pattern, PieceId } from '../../shared/pattern/model.ts'
import type { Question } from '../../shared/pattern/reading.ts'
import { boxOf, outlineOf } from '../../shared/pattern/ring.ts'
import type { AskedPiece, UploadQuestion } from '../../shared/protocol/pattern.ts'

/** Pieces that a question is shown with; of more, it says how many more there are. */
export const MOST_SHOWN = 12
export const MOST_POINTS = 400
const NAME_MOST = 80

/** A name out of a file, fit for one line. */
export const oneLine = (text: string, most: number): string =>
  [
    ...text
      .toWellFormed()
      .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
  ]
    .slice(0, most)
    .join('')

const asked = (pattern: Pattern, id: PieceId): AskedPiece[] => {
  const piece = pattern.pieces.find((one) => one.id === id)
  const shape = piece?.shapes[pattern.base] ?? piece?.shapes.find((one) => one !== null)
  if (!piece || !shape) return []
  const points = outlineOf(shape)
  const box = boxOf(points)
  if (!box) return []
  const step = Math.max(1, Math.ceil(points.length / MOST_POINTS))
  const kept = points.filter((_, i) => i % step === 0)
  const tenths = (mm: number): number => Math.round(mm * 10)
  return [
    {
      id,
      name: oneLine(piece.name, NAME_MOST),
      width: box.maxX - box.minX,
      height: box.maxY - box.minY,
      outline: kept.flatMap(({ x, y }) => [tenths(x - box.minX), tenths(box.maxY - y)]),
    },
  ]
}

/** What the importer asks, with the outlines that a person is shown. */
export const questionsOf = (pattern: Pattern, questions: readonly Question[]): UploadQuestion[] =>
  questions.flatMap((question): UploadQuestion[] => {
    if (question.ask === 'size') {
      const [piece] = asked(pattern, question.piece)
      return piece ? [{ ask: 'size', piece, cm: question.cm, choices: question.choices }] : []
    }
    const pieces = question.pieces.slice(0, MOST_SHOWN).flatMap((id) => asked(pattern, id))
    return [{ ask: 'allowance', pieces, more: question.pieces.length - pieces.length }]
  })
