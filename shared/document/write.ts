import * as Y from 'yjs'
import { authorOf, type MarkId, type ReplyId, type SheetId } from '../domain/ids.ts'
import type { Mark, Shape, Words } from '../domain/mark.ts'
import { isSameOperation, type Operation } from '../pattern/operation.ts'
import { type Act, proposing } from './changes.ts'
import { factsOf, marksOf, readMark, repliesOf, treeOf } from './read.ts'
import { KEYS } from './schema.ts'
import { packShape, settled } from './shape.ts'

/** What a person wants done to a board's document: one gesture, one intent, one transaction, one step of undo. */
export type Intent =
  | { readonly do: 'add'; readonly mark: NewMark }
  | { readonly do: 'move'; readonly mark: MarkId; readonly shape: Shape }
  | { readonly do: 'say'; readonly mark: MarkId; readonly words: Words }
  /** Another operation, or other parameters, for a proposal that has no answer yet. */
  | { readonly do: 'change'; readonly mark: MarkId; readonly change: Operation }
  | { readonly do: 'settle'; readonly mark: MarkId; readonly done: boolean }
  | { readonly do: 'delete'; readonly mark: MarkId }
  | { readonly do: 'reply'; readonly mark: MarkId; readonly reply: ReplyId; readonly text: string }
  | { readonly do: 'unreply'; readonly mark: MarkId; readonly reply: ReplyId }

/** A mark as its author makes it, or brings it back: with the replies that were their own. */
export interface NewMark {
  readonly id: MarkId
  readonly sheet: SheetId
  readonly shape: Shape
  readonly words: Words
  /** With the shape of a proposal, and with no other: what it asks for, and the version of the sheet that it was made on. */
  readonly proposal?: { readonly change: Operation; readonly version: number }
  readonly done: boolean
  readonly replies: readonly { readonly id: ReplyId; readonly text: string }[]
}

/** The act that an intent amounts to, for `judge`; null where what it is about is not there (any more). */
export const actOf = (doc: Y.Doc, intent: Intent): Act | null => {
  if (intent.do === 'add') {
    const { id, proposal } = intent.mark
    if (treeOf(doc, id)) return null
    const author = authorOf(id)
    return proposal
      ? { action: 'proposal.add', mark: id, author, ...proposing(proposal.change) }
      : { action: 'mark.add', mark: id, author }
  }
  const { mark } = intent
  const tree = treeOf(doc, mark)
  if (!tree) return null
  const author = authorOf(mark)
  const facts = factsOf(doc)
  switch (intent.do) {
    case 'move':
      return { action: 'mark.move', mark, author, decided: facts.isDecided(mark) }
    case 'say':
      return { action: 'mark.edit', mark, author, decided: facts.isDecided(mark) }
    case 'change':
      return {
        action: 'proposal.change',
        mark,
        author,
        ...proposing(intent.change),
        decided: facts.isDecided(mark),
      }
    case 'settle':
      return { action: 'mark.settle', mark, author }
    case 'delete':
      return {
        action: 'mark.delete',
        mark,
        author,
        othersReplied: facts.othersReplied(mark),
        decided: facts.isDecided(mark),
      }
    case 'reply': {
      const known = repliesOf(tree)?.has(intent.reply) ?? false
      return { action: known ? 'reply.edit' : 'reply.add', mark, reply: intent.reply, author: authorOf(intent.reply) }
    }
    case 'unreply':
      return repliesOf(tree)?.has(intent.reply)
        ? { action: 'reply.delete', mark, reply: intent.reply, author: authorOf(intent.reply) }
        : null
  }
}

/**
 * Carries an intent out in one transaction with `origin`. Judge it first: nothing is checked here but that its target lives.
 *
 * @returns false where the target is gone and nothing was written.
 */
export const write = (doc: Y.Doc, intent: Intent, origin: unknown): boolean => {
  if (intent.do !== 'add' && !treeOf(doc, intent.mark)) return false
  doc.transact(() => {
    if (intent.do === 'add') {
      const { id, sheet, shape, words, proposal, done, replies } = intent.mark
      const tree = new Y.Map<unknown>()
      marksOf(doc).set(id, tree)
      tree.set(KEYS.born, { kind: shape.kind, sheet, ...(proposal ? { version: proposal.version } : {}) })
      tree.set(KEYS.shape, packShape(shape))
      tree.set(KEYS.words, { says: words.says, text: words.text })
      if (proposal) tree.set(KEYS.change, { ...proposal.change })
      const thread = new Y.Map<unknown>()
      tree.set(KEYS.replies, thread)
      for (const reply of replies) thread.set(reply.id, { text: reply.text })
      if (done) tree.set(KEYS.done, true)
      return
    }
    const tree = treeOf(doc, intent.mark)
    if (!tree) return
    switch (intent.do) {
      case 'move':
        tree.set(KEYS.shape, packShape(intent.shape))
        break
      case 'say':
        tree.set(KEYS.words, { says: intent.words.says, text: intent.words.text })
        break
      case 'change':
        tree.set(KEYS.change, { ...intent.change })
        break
      case 'settle':
        tree.set(KEYS.done, intent.done)
        break
      case 'delete':
        marksOf(doc).delete(intent.mark)
        break
      case 'reply':
        repliesOf(tree)?.set(intent.reply, { text: intent.text })
        break
      case 'unreply':
        repliesOf(tree)?.delete(intent.reply)
        break
    }
  }, origin)
  return true
}

const newMarkOf = (mark: Mark): NewMark => ({
  id: mark.id,
  sheet: mark.sheet,
  shape: mark.shape,
  words: mark.words,
  ...(mark.change && mark.version !== null ? { proposal: { change: mark.change, version: mark.version } } : {}),
  done: mark.resolved !== null,
  replies: mark.replies.filter((r) => r.author === mark.author).map(({ id, text }) => ({ id, text })),
})

/**
 * The intent that takes another one back, read off the document *before* that one is carried out; null where there is
 * nothing to take back.
 */
export const inverseOf = (doc: Y.Doc, intent: Intent): Intent | null => {
  if (intent.do === 'add') return { do: 'delete', mark: intent.mark.id }
  const mark = readMark(doc, intent.mark)
  if (!mark) return null
  switch (intent.do) {
    case 'move':
      return { do: 'move', mark: mark.id, shape: mark.shape }
    case 'say':
      return { do: 'say', mark: mark.id, words: mark.words }
    case 'change':
      return mark.change && { do: 'change', mark: mark.id, change: mark.change }
    case 'settle':
      return { do: 'settle', mark: mark.id, done: mark.resolved !== null }
    case 'delete':
      return { do: 'add', mark: newMarkOf(mark) }
    case 'reply': {
      const before = mark.replies.find((r) => r.id === intent.reply)
      return before
        ? { do: 'reply', mark: mark.id, reply: intent.reply, text: before.text }
        : { do: 'unreply', mark: mark.id, reply: intent.reply }
    }
    case 'unreply': {
      const before = mark.replies.find((r) => r.id === intent.reply)
      return before ? { do: 'reply', mark: mark.id, reply: intent.reply, text: before.text } : null
    }
  }
}

/**
 * Whether a document already says what an intent wants: on the confirmed copy, fed by the server alone, that means
 * *saved*. An intent overtaken by a later one of the same person counts as said once that later one is.
 */
export const holds = (doc: Y.Doc, intent: Intent): boolean => {
  const mark = readMark(doc, intent.do === 'add' ? intent.mark.id : intent.mark)
  switch (intent.do) {
    case 'add':
      return mark !== null
    case 'delete':
      return mark === null
    case 'move':
      return mark !== null && sameNumbers(packShape(mark.shape), packShape(settled(intent.shape)))
    case 'say':
      return mark !== null && mark.words.says === intent.words.says && mark.words.text === intent.words.text
    case 'change':
      return mark?.change != null && isSameOperation(mark.change, intent.change)
    case 'settle':
      return mark !== null && (mark.resolved !== null) === intent.done
    case 'reply':
      return mark?.replies.some((r) => r.id === intent.reply && r.text === intent.text) ?? false
    case 'unreply':
      return mark !== null && !mark.replies.some((r) => r.id === intent.reply)
  }
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i])
