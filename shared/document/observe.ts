import type * as Y from 'yjs'
import { isAuthoredId, type MarkId } from '../domain/ids.ts'
import { decisionsOf, marksOf, sheetsOf, stampsOf } from './read.ts'

/** What one transaction touched: marks made, changed, removed, stamped or decided, and whether any sheet was. */
export interface Touched {
  readonly marks: ReadonlySet<MarkId>
  readonly sheets: boolean
}

/** The mark that a stamp belongs to is in its key only for the mark itself; a reply's stamp is found by `markOfReply`. */
export const observe = (
  doc: Y.Doc,
  changed: (touched: Touched) => void,
  markOfReply: (reply: string) => MarkId | null,
): (() => void) => {
  const marks = marksOf(doc)
  const sheets = sheetsOf(doc)
  const stamps = stampsOf(doc)
  const decisions = decisionsOf(doc)
  const onMarks = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const touched = new Set<MarkId>()
    for (const event of events) {
      const id = event.path[0]
      if (typeof id === 'string') touched.add(id as MarkId)
      else for (const key of (event as unknown as Y.YMapEvent<unknown>).keysChanged) touched.add(key as MarkId)
    }
    changed({ marks: touched, sheets: false })
  }
  const onSheets = (): void => changed({ marks: new Set(), sheets: true })
  const onStamps = (event: Y.YMapEvent<unknown>): void => {
    const touched = new Set<MarkId>()
    for (const key of event.keysChanged) {
      const id = key.split('/')[0] as string
      const mark = marks.has(id) ? (id as MarkId) : isAuthoredId(id) ? markOfReply(id) : null
      if (mark) touched.add(mark)
    }
    if (touched.size > 0) changed({ marks: touched, sheets: false })
  }
  const onDecisions = (event: Y.YMapEvent<unknown>): void => {
    const touched = new Set([...event.keysChanged].filter((id) => marks.has(id)) as MarkId[])
    if (touched.size > 0) changed({ marks: touched, sheets: false })
  }
  marks.observeDeep(onMarks as never)
  sheets.observe(onSheets)
  stamps.observe(onStamps)
  decisions.observe(onDecisions)
  return () => {
    marks.unobserveDeep(onMarks as never)
    sheets.unobserve(onSheets)
    stamps.unobserve(onStamps)
    decisions.unobserve(onDecisions)
  }
}
