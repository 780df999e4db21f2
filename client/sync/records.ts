import type * as Y from 'yjs'
import { observe } from '../../shared/document/observe.ts'
import { marksOf, readMark, readSheets } from '../../shared/document/read.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Records, RecordsDifference, Watched } from './contract.ts'
import { bell, cell } from './watched.ts'

const NOTHING: Records = { sheets: [], marks: new Map(), unsaved: new Set() }
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export interface RecordKeeper {
  readonly records: Watched<Records>
  onDifference(listener: (difference: RecordsDifference) => void): () => void
  /** Reads another document from now on and tells the difference to the one before. */
  attach(doc: Y.Doc): void
  /** Ids that are not on disk yet. Marks whose standing changes are told as changed. */
  setUnsaved(ids: ReadonlySet<string>): void
  /** Forgets everything. */
  clear(): void
}

/** Records of a document, read once and then by difference: one difference a transaction. */
export const keepRecords = (): RecordKeeper => {
  const records = cell<Records>(NOTHING)
  const differences = bell<[RecordsDifference]>()
  /** Which mark a reply hangs under: its stamp doesn't say. */
  const markOfReply = new Map<string, MarkId>()
  let detach = (): void => {}

  const tell = (next: Records, difference: RecordsDifference): void => {
    records.set(next)
    differences.ring(difference)
  }
  const index = (mark: Mark): void => {
    for (const reply of mark.replies) markOfReply.set(reply.id, mark.id)
  }
  const readAgain = (doc: Y.Doc, touched: Iterable<MarkId>, sheetsToo: boolean): void => {
    const before = records.get()
    const marks = new Map(before.marks)
    const added: Mark[] = []
    const changed: Mark[] = []
    const removed: MarkId[] = []
    for (const id of touched) {
      const was = marks.get(id)
      const is = readMark(doc, id)
      if (is) {
        if (was && same(was, is)) continue
        marks.set(id, is)
        index(is)
        ;(was ? changed : added).push(is)
      } else if (was) {
        marks.delete(id)
        removed.push(id)
      }
    }
    let { sheets } = before
    if (sheetsToo) {
      const read: readonly Sheet[] = readSheets(doc)
      if (!same(sheets, read)) sheets = read
    }
    const sheetsChanged = sheets !== before.sheets
    if (!sheetsChanged && added.length + changed.length + removed.length === 0) return
    tell({ ...before, sheets, marks }, { sheets: sheetsChanged, added, changed, removed })
  }

  return {
    records,
    onDifference: differences.on,
    attach(doc) {
      detach()
      const touched = new Set<MarkId>()
      let sheetsTouched = false
      const forget = observe(
        doc,
        (what) => {
          for (const mark of what.marks) touched.add(mark)
          sheetsTouched ||= what.sheets
        },
        (reply) => markOfReply.get(reply) ?? null,
      )
      const flush = (): void => {
        if (touched.size === 0 && !sheetsTouched) return
        const marks = [...touched]
        const sheets = sheetsTouched
        touched.clear()
        sheetsTouched = false
        readAgain(doc, marks, sheets)
      }
      // Observers are called once for each root; marks, sheets and stamps of one transaction make one difference.
      doc.on('afterTransaction', flush)
      detach = () => {
        forget()
        doc.off('afterTransaction', flush)
      }
      readAgain(doc, new Set([...records.get().marks.keys(), ...(marksOf(doc).keys() as Iterable<MarkId>)]), true)
    },
    setUnsaved(ids) {
      const before = records.get()
      if (ids.size === before.unsaved.size && [...ids].every((id) => before.unsaved.has(id))) return
      const turned = new Set<MarkId>()
      for (const id of [...ids, ...before.unsaved]) {
        if (ids.has(id) === before.unsaved.has(id)) continue
        turned.add(markOfReply.get(id) ?? (id as MarkId))
      }
      const changed = [...turned].flatMap((id) => before.marks.get(id) ?? [])
      tell({ ...before, unsaved: ids }, { sheets: false, added: [], changed, removed: [] })
    },
    clear() {
      detach()
      detach = () => {}
      markOfReply.clear()
      const before = records.get()
      tell(NOTHING, {
        sheets: before.sheets.length > 0,
        added: [],
        changed: [],
        removed: [...before.marks.keys()],
      })
    },
  }
}
