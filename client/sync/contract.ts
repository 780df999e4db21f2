import type { Reason, Verdict } from '../../shared/access/rules.ts'
import type { Malformed } from '../../shared/document/changes.ts'
import type { Intent } from '../../shared/document/write.ts'
import type { MarkId, PersonId, ReplyId, SheetId } from '../../shared/domain/ids.ts'
import type { DrawnKind, Mark, Shape } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { SwatchId } from '../../shared/pattern/swatches.ts'
import type { Me } from '../../shared/protocol/api.ts'
import type { Command, CommandAnswers, CommandArgs } from '../../shared/protocol/live.ts'

/** A value that React and the canvas can both watch: the shape of `useSyncExternalStore`. */
export interface Watched<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

/** Everything drawn and listed on a board, from the person's own view of the document (saved or not yet). */
export interface Records {
  readonly sheets: readonly Sheet[]
  readonly marks: ReadonlyMap<MarkId, Mark>
  /** Marks and replies that are not on disk at the server yet. */
  readonly unsaved: ReadonlySet<string>
}
export interface RecordsDifference {
  readonly sheets: boolean
  readonly added: readonly Mark[]
  readonly changed: readonly Mark[]
  readonly removed: readonly MarkId[]
}

/**
 * Said truthfully: `saved` means that everything I did is on disk at the server.
 * `offline`: no connection, `waiting` acts are to be sent. `ended`: my access ended, the board is cleared from the screen.
 */
export type SyncStatus =
  | { readonly is: 'loading' }
  | { readonly is: 'saved' }
  | { readonly is: 'saving'; readonly waiting: number }
  | { readonly is: 'offline'; readonly waiting: number }
  | { readonly is: 'ended' }

/** Work that was not accepted, or could not be done any more, kept until the person decides. Never holds design images. */
export interface Draft {
  readonly id: string
  readonly intent: Intent
  /**
   * A reason of `judge`, a code of `refusals.ts`, 'gone' where its target went away, 'ended' where the board was closed before
   * it could be sent, 'unsent' where the window was.
   */
  readonly why: Reason | string
  readonly at: number
}

/** Another person on the board, as the server vouches for them. */
export interface Other {
  readonly client: number
  readonly person: PersonId
  readonly firm: string | null
  readonly cursor: { readonly sheet: SheetId; readonly x: number; readonly y: number } | null
  readonly laser: boolean
  readonly selected: MarkId | null
  /** Their unfinished stroke as they draw it. */
  readonly drawing: { readonly sheet: SheetId; readonly shape: Shape } | null
  /** The region they look at, in board millimetres. */
  readonly view: { readonly cx: number; readonly cy: number; readonly width: number; readonly height: number } | null
}

export interface OwnPresence {
  cursor?: Other['cursor']
  laser?: boolean
  selected?: MarkId | null
  drawing?: Other['drawing']
  view?: Other['view']
}

/** Something that no right could make good: its target is gone, a text is too long, a thread is full. */
export interface Refused {
  readonly ok: false
  readonly reason: Malformed
}

/** One board, open. Made by `openBoard` in `client/sync/session.ts`; the canvas and the panels talk to nothing else. */
export interface BoardSession {
  readonly records: Watched<Records>
  /** Called after each change with what changed, for drawing by difference. */
  onDifference(listener: (difference: RecordsDifference) => void): () => void
  readonly status: Watched<SyncStatus>
  readonly drafts: Watched<readonly Draft[]>
  readonly others: Watched<readonly Other[]>
  readonly canUndo: Watched<boolean>
  readonly canRedo: Watched<boolean>
  /** Asks the same rules as the server, without doing anything: to grey a tool out and say why. */
  may(intent: Intent): Verdict | Refused
  /** Judged here first; carried out at once on the view and sent. A refusal here changes nothing. */
  act(intent: Intent): Verdict | Refused
  /** Takes back my latest act, or the one named, where that can still be done. */
  undo(did?: Intent): void
  redo(): void
  newMarkId(): MarkId
  newReplyId(): ReplyId
  show(presence: OwnPresence): void
  /** Who I am and what bounds me, read again: from now on acts are judged by it. */
  know(me: Me): void
  /** A swatch that my firm has just sent: from now on it may be named. */
  knowSwatch(id: SwatchId): void
  /** Whether a swatch is my firm's and on this board. */
  mayName(id: SwatchId): boolean
  /** Sends a draft again as it is, or as edited. */
  resend(draft: string, intent?: Intent): Verdict | Refused
  discard(draft: string): void
  command<C extends Command>(name: C, args: Omit<CommandArgs<C>, 'board'>): Promise<CommandAnswers[C]>
  onEyesCalled(listener: (mark: MarkId, by: PersonId) => void): () => void
  close(): void
}

export type ToolId = 'select' | 'hand' | DrawnKind | 'propose' | 'scale' | 'laser'
