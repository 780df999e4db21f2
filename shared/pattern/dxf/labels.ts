import type { Note, PieceId, Vec } from '../model.ts'
import type { Group, Say } from './group.ts'
import type { Places } from './points.ts'
import type { Raw } from './raw.ts'
import { quantityOf } from './texts.ts'

/** Keys of texts that have a place of their own in a piece. */
const FIELDS = new Set([
  ...['piecename', 'piece', 'size', 'sizename', 'quantity', 'qty', 'annotation', 'category', 'material', 'fabric'],
])

/** What the texts of a piece say of it, those of the marked size first: fields, notes, and the labels of what they lie on. */
export const textsIn = (
  group: Group,
  flagged: Raw,
  id: PieceId,
  internals: { places: Places<Vec & { index: number; layer: number }>; list: { label: string; oneSide: boolean }[] },
  drills: { places: Places<Vec & { index: number }>; list: { label: string }[] },
  say: Say,
) => {
  const order = [flagged, ...group.sizes.filter((raw) => raw !== null && raw !== flagged)] as Raw[]
  const saysOf = (keys: readonly string[]): string => {
    for (const raw of order)
      for (const key of keys) {
        const found = raw.says.get(key)
        if (found && found.value !== '') return found.value
      }
    return ''
  }
  const info = new Map<string, string>()
  for (const raw of order)
    for (const [key, { written, value }] of raw.says)
      if (!FIELDS.has(key) && !info.has(written)) info.set(written, value)
  const material = saysOf(['material'])
  const fabric = saysOf(['fabric'])
  if (material !== '' && fabric !== '') info.set('Fabric', fabric)

  const notes: Note[] = []
  const seen = new Set<string>()
  let others = 0
  for (const raw of order) {
    for (const text of raw.texts) {
      const { origin } = text
      if (raw !== flagged) {
        // Further sizes repeat the notes and labels of the base; what is new in them is kept, where it lies there.
        if (text.rule !== null || seen.has(text.text)) {
          origin.fate = 'read'
          continue
        }
        others++
      }
      seen.add(text.text)
      if (text.rule !== null && origin.fate !== 'skipped') continue
      if (raw === flagged && text.rule === null && labels(text, internals, drills)) {
        origin.fate = 'read'
        continue
      }
      origin.fate = raw === flagged ? 'read' : 'guessed'
      notes.push({ at: { x: text.x, y: text.y }, text: text.text, layer: text.layer ?? 0 })
    }
  }
  if (others > 0) say('other-texts', others, { piece: id })
  const quantity = quantityOf(saysOf(['quantity', 'qty']))
  if (!quantity?.certain) say('quantity-by-guess', 1, { piece: id })
  return {
    notes,
    material: material || fabric,
    category: saysOf(['category']),
    annotation: saysOf(['annotation']),
    info: Object.fromEntries(info),
    quantity: { drawn: quantity?.drawn ?? 1, mirrored: quantity?.mirrored ?? 0 },
  }
}

const labels = (
  text: Vec & { readonly text: string; readonly layer: number | null },
  internals: { places: Places<Vec & { index: number; layer: number }>; list: { label: string; oneSide: boolean }[] },
  drills: { places: Places<Vec & { index: number }>; list: { label: string }[] },
): boolean => {
  if (text.layer === 13) {
    const drill = drills.places.at(text)[0]
    if (!drill) return false
    drills.list[drill.index]!.label ||= text.text
    return true
  }
  if (text.layer === null || ![8, 9, 10, 11, 85, 86].includes(text.layer) || text.text.length > 40) return false
  const layer = text.layer === 85 ? 8 : text.layer === 86 ? 11 : text.layer
  const found = internals.places.at(text).filter((place) => place.layer === layer)
  const line = found[0]
  if (!line) return false
  if (/^nm$/i.test(text.text)) internals.list[line.index]!.oneSide = true
  else if (internals.list[line.index]!.label === '' || internals.list[line.index]!.label === text.text)
    internals.list[line.index]!.label = text.text
  else return false
  return true
}
