import { type Board, isOpenAt } from '../domain/board.ts'
import type { BoardId, FirmId, PersonId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import type { Instant } from '../domain/units.ts'
import { LEVELS, type Level } from '../pattern/operation.ts'
import type { Action } from './actions.ts'

/** Why something may not be done. Each has a sentence in the catalogue of the client. */
export const REASONS = [
  'not-found',
  'not-office',
  'not-your-firm',
  'not-admin',
  'not-mentor-admin',
  'not-author',
  'others-replied',
  'not-owner-or-author',
  'level',
  'decided',
  'foreign-swatch',
] as const
export type Reason = (typeof REASONS)[number]

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: Reason }

/** What rights ask of a swatch that somebody sent. */
export interface SwatchFacts {
  readonly firm: FirmId
  readonly board: BoardId
  /** A proposal on its board shows it, or an answer to one. */
  readonly named?: boolean
}

/** What an act is about, already loaded. Fields that an action does not need are left out; a rule that misses one says no. */
export interface About {
  readonly actor: Actor
  readonly now: Instant
  readonly board?: Board
  /** The firm that a collection belongs to, or whose colleague is invited. */
  readonly firm?: FirmId
  /** The boards of a collection; it is seen by whoever sees one of them. */
  readonly boards?: readonly Board[]
  /** Author of the mark or reply in hand. */
  readonly author?: PersonId
  /** Author of the mark that a reply hangs under. */
  readonly markAuthor?: PersonId
  /** Somebody other than the mark's author has replied to it. */
  readonly othersReplied?: boolean
  /** Level of the operation that is proposed. */
  readonly proposes?: Level
  /** The mark in hand is a proposal that has its answer. */
  readonly decided?: boolean
  /** The sent swatch in hand; null for one that does not exist. */
  readonly swatch?: SwatchFacts | null
}

type Rule = (about: About) => Verdict
const YES: Verdict = { ok: true }

const rule =
  (reason: Reason, holds: (about: About) => boolean): Rule =>
  (about) =>
    holds(about) ? YES : { ok: false, reason }

/** All must hold; the first that does not gives the reason, so what must not be told apart from absence comes first. */
const every =
  (...rules: readonly Rule[]): Rule =>
  (about) => {
    for (const one of rules) {
      const verdict = one(about)
      if (!verdict.ok) return verdict
    }
    return YES
  }

const owns = ({ actor, board }: About): boolean =>
  board !== undefined && actor.firm !== null && actor.firm === board.firm

const reads = (actor: Actor, board: Board, now: Instant): boolean =>
  actor.firm !== null &&
  (actor.firm === board.firm ||
    board.openings.some((opening) => isOpenAt(opening, now) && actor.circles.includes(opening.circle)))

const isOfTheGroup = rule('not-found', () => true)
const isFacilitator = rule('not-office', ({ actor }) => actor.role === 'facilitator')
const isOffice = rule('not-office', ({ actor }) => actor.role === 'facilitator' || actor.role === 'association')
const seesTotals = rule('not-office', ({ actor }) => actor.firm === null)
const isOfAFirm = rule('not-your-firm', ({ actor }) => actor.firm !== null)
const isOfThatFirm = rule('not-your-firm', ({ actor, firm }) => actor.firm !== null && actor.firm === firm)
const isAdmin = rule('not-admin', ({ actor }) => actor.admin)
/** What a whole group begins with is for whoever looks after it, and for those who teach and answer for a firm: no learner sets what learners start from. */
const isTeaching = rule(
  'not-mentor-admin',
  ({ actor }) => actor.role === 'facilitator' || (actor.role === 'mentor' && actor.admin),
)
/** A board that may not be seen is told exactly as one that does not exist: the reason is the same. */
const mayLook = rule('not-found', ({ actor, board, now }) => board !== undefined && reads(actor, board, now))
const isOwner = rule('not-your-firm', owns)
const isAuthor = rule('not-author', ({ actor, author }) => author !== undefined && actor.id === author)
/** What others said to a contribution is theirs: its author may settle it, not take it away with their words. */
const standsAlone = rule('others-replied', ({ othersReplied }) => othersReplied === false)
const isOwnerOrAuthor = rule('not-owner-or-author', (about) => owns(about) || about.actor.id === about.author)
/** What was decided stands as it was decided on; replies go on. */
const isUndecided = rule('decided', ({ decided }) => decided === false)
/** On one's own firm's work everything may be tried; on another's a trainee goes as far as their level. */
const isWithinLevel = rule('level', (about) => {
  const { actor, proposes } = about
  if (proposes === undefined) return false
  if (actor.role === 'mentor' || owns(about)) return true
  return actor.role === 'trainee' && actor.level !== null && LEVELS.indexOf(proposes) <= LEVELS.indexOf(actor.level)
})
const isOfThisBoard = ({ board, swatch }: About): boolean => swatch != null && swatch.board === board?.id
/** Until a proposal shows it, a swatch is its firm's alone. */
const isShown = rule(
  'not-found',
  (about) => isOfThisBoard(about) && (about.swatch?.named === true || about.swatch?.firm === about.actor.firm),
)
/** Nobody lays another firm's picture on a cloth, nor carries one from board to board. One that does not exist is told the same. */
const isOwnSwatch = rule(
  'foreign-swatch',
  (about) => isOfThisBoard(about) && about.actor.firm !== null && about.swatch?.firm === about.actor.firm,
)
const seesSomeBoard = rule(
  'not-found',
  ({ actor, firm, boards, now }) =>
    (actor.firm !== null && actor.firm === firm) || (boards ?? []).some((board) => reads(actor, board, now)),
)

/** Every action has a rule: a missing one does not compile, and there is no default to forget. */
const rules: Record<Action, Rule> = {
  'group.read': isOfTheGroup,
  'group.totals': seesTotals,
  'circle.arrange': isFacilitator,
  'trust.record': isFacilitator,
  'office.invite': isFacilitator,
  'firm.invite': isOffice,
  'colleague.invite': every(isOfThatFirm, isAdmin),
  'firm.machines': every(isOfThatFirm, isAdmin),
  'stitch.start': isTeaching,
  'collection.read': seesSomeBoard,
  'collection.make': isOfAFirm,
  'board.read': mayLook,
  'board.make': isOfThatFirm,
  'board.open': every(mayLook, isOwner),
  'sheet.add': every(mayLook, isOwner),
  'sheet.place': every(mayLook, isOwner),
  'sheet.view': mayLook,
  // The original never leaves the server except to its owner.
  'sheet.original': every(mayLook, isOwner),
  // Whoever may propose a look here may bring the cloth for it.
  'swatch.add': every(mayLook, isWithinLevel),
  'swatch.view': every(mayLook, isShown),
  'swatch.name': every(mayLook, isOwnSwatch),
  'upload.follow': every(mayLook, isOfThatFirm),
  'register.read': every(mayLook, isOwner),
  // Where a firm looked, and who looked at what it brought: the rows that are about it.
  'register.own': mayLook,
  'version.read': mayLook,
  'version.make': every(mayLook, isOwner),
  'mark.add': every(mayLook, isAuthor),
  'mark.move': every(mayLook, isAuthor, isUndecided),
  'mark.edit': every(mayLook, isAuthor, isUndecided),
  'mark.delete': every(mayLook, isAuthor, isUndecided, standsAlone),
  'mark.settle': every(mayLook, isOwnerOrAuthor),
  'proposal.add': every(mayLook, isAuthor, isWithinLevel),
  'proposal.change': every(mayLook, isAuthor, isUndecided, isWithinLevel),
  // Never an office, whose people see no board: the owner alone answers for its work.
  'proposal.decide': every(mayLook, isOwner),
  'reply.add': every(mayLook, isAuthor),
  'reply.edit': every(mayLook, isAuthor),
  'reply.delete': every(mayLook, isAuthor),
  'presence.show': mayLook,
  'eyes.call': mayLook,
}

/**
 * May this be done? The one answer for HTTP, Socket.IO and documents, on the server and in the browser alike.
 * Pure: it looks nothing up and trusts what `about` says, so only loaded facts may go into it.
 */
export const judge = (action: Action, about: About): Verdict => rules[action](about)
