import { createContext, type RefObject, useContext } from 'react'
import type { MarkId, SheetId } from '../../shared/domain/ids.ts'
import type { Mark, Says } from '../../shared/domain/mark.ts'
import type { BoardCard } from '../../shared/protocol/api.ts'
import type { CanvasHandle, MeantEdge, MeantSpot } from '../canvas/contract.ts'
import type { SizesShown } from '../canvas/lines.ts'
import type { Patterns } from '../patterns/store.ts'
import type { OwnSwatches } from '../proposals/own-swatches.ts'
import type { Workbench } from '../proposals/workbench.ts'
import type { BoardSession, ToolId } from '../sync/contract.ts'
import type { Filters } from './sift.ts'

export type TabId = 'list' | 'thread' | 'sheets' | 'looked' | 'drafts' | 'proposal'

/** An edge of a pattern, and how far along it. */
export type Meant = MeantEdge

/** A place on a sheet that is no pattern. */
export type Spot = MeantSpot

/** Words whose place is gone, for a mark of their own: a draft's, or what was typed and not sent. */
export type Homeless =
  | { readonly is: 'draft'; readonly draft: string; readonly text: string }
  | { readonly is: 'typed'; readonly place: string; readonly text: string }

/** What is asked of the page by number or by a line on a photo. */
export type Asking =
  | { readonly is: 'add'; readonly from?: Homeless }
  | { readonly is: 'move'; readonly mark: MarkId }
  /** `line` in sheet units where it was drawn. */
  | { readonly is: 'scale'; readonly sheet: SheetId; readonly line: number | null }
  | { readonly is: 'place'; readonly sheet: SheetId }
  | { readonly is: 'name'; readonly sheet: SheetId }
  /** What a pattern has become, at the part that was asked for. */
  | { readonly is: 'versions'; readonly sheet: SheetId; readonly part: 'story' | 'compare' | 'walk' | 'export' }
  /** What only its owner can tell of a pattern. */
  | { readonly is: 'details'; readonly sheet: SheetId }
  | { readonly is: 'lay' }
  | { readonly is: 'help' }

/** What the parts of a board page share. */
export interface Desk {
  readonly session: BoardSession
  readonly patterns: Patterns
  /** Pictures that people brought for looks. */
  readonly swatches: OwnSwatches
  /** Who takes a file that is dropped anywhere, in the table's place: a look that is being composed. */
  readonly catcher: RefObject<((files: FileList | null) => void) | null>
  /** The proposal that is being written or looked at. */
  readonly workbench: Workbench
  /** The edge that a new proposal begins from; null for none. */
  readonly meant: Meant | null
  setMeant(meant: Meant | null): void
  /** Where a look was asked for by a tap, until it is begun. */
  readonly spot: Spot | null
  setSpot(spot: Spot | null): void
  /** Sizes shown of a pattern, where somebody has chosen. */
  readonly sizes: ReadonlyMap<SheetId, SizesShown>
  showSizes(sheet: SheetId, sizes: SizesShown): void
  readonly board: BoardCard
  /** My firm owns the board. */
  readonly own: boolean
  readonly selected: MarkId | null
  /** Selects without moving the view. */
  select(mark: MarkId | null): void
  /** Selects and brings it into view. */
  goTo(mark: MarkId): void
  /** Deletes a mark where that is allowed, and offers to undo it; says why where it is not. */
  remove(mark: MarkId): void
  /** To the next or the one before in reading order, around the end. */
  walk(by: 1 | -1): void
  readonly tool: ToolId
  take(tool: ToolId): void
  readonly says: Says
  setSays(says: Says): void
  readonly filters: Filters
  setFilters(filters: Filters): void
  shown(mark: Mark): boolean
  readonly tab: TabId
  openTab(tab: TabId): void
  readonly asking: Asking | null
  ask(asking: Asking | null): void
  readonly following: string | null
  follow(person: string | null): void
  readonly handle: CanvasHandle | null
  /** A mark just drawn, whose words are still to be written. */
  readonly fresh: MarkId | null
  /** Typed and not sent yet, by place: it outlives a change of tab, mark or language, and leaving the page. */
  readonly typed: Map<string, string>
}

export const DeskContext = createContext<Desk | null>(null)
export const useDesk = (): Desk => {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('this part belongs to a board page')
  return desk
}
