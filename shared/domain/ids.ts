declare const kind: unique symbol
type Id<K extends string> = string & { readonly [kind]: K }

export type FirmId = Id<'firm'>
export type PersonId = Id<'person'>
export type CircleId = Id<'circle'>
export type CollectionId = Id<'collection'>
export type BoardId = Id<'board'>
export type SheetId = Id<'sheet'>
/** Begins with its author's id (`<person>_<rest>`), so nobody else can create or overwrite it: see `authorOf`. */
export type MarkId = Id<'mark'>
/** Same form as a `MarkId`. */
export type ReplyId = Id<'reply'>
export type ViewId = Id<'view'>
export type UploadId = Id<'upload'>
export type InvitationId = Id<'invitation'>

/** The alphabet of every id: safe in a URL, a file name and a Yjs key, and never `__proto__`. */
const PLAIN = /^[a-z0-9]{2,32}$/
const AUTHORED = /^([a-z0-9]{2,32})_([a-z0-9]{4,20})$/

export const isPlainId = (text: unknown): text is string => typeof text === 'string' && PLAIN.test(text)
export const isAuthoredId = (text: unknown): text is string => typeof text === 'string' && AUTHORED.test(text)

/** @throws {RangeError} when the text is not an id; for text from outside use `isPlainId` or the zod schemas first. */
const plain =
  <K extends string>() =>
  (text: string): Id<K> => {
    if (!PLAIN.test(text)) throw new RangeError(`not an id: ${text}`)
    return text as Id<K>
  }
const authored =
  <K extends string>() =>
  (text: string): Id<K> => {
    if (!AUTHORED.test(text)) throw new RangeError(`not an authored id: ${text}`)
    return text as Id<K>
  }

export const firmId = plain<'firm'>()
export const personId = plain<'person'>()
export const circleId = plain<'circle'>()
export const collectionId = plain<'collection'>()
export const boardId = plain<'board'>()
export const sheetId = plain<'sheet'>()
export const viewId = plain<'view'>()
export const uploadId = plain<'upload'>()
export const invitationId = plain<'invitation'>()
export const markId = authored<'mark'>()
export const replyId = authored<'reply'>()

/** The person who made a mark or a reply: the part before the underscore. The gate has checked it against the connection. */
export const authorOf = (id: MarkId | ReplyId): PersonId => id.slice(0, id.indexOf('_')) as PersonId

/** A fresh id for something that `author` makes; `random` gives 10 or more characters of [a-z0-9]. */
export const authoredId = (author: PersonId, random: string): string => `${author}_${random}`
