import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { Layout } from '../../shared/pattern/layout.ts'
import type { Pattern } from '../../shared/pattern/model.ts'
import { unpackPattern } from '../../shared/pattern/wire.ts'
import type { PatternView } from '../../shared/protocol/pattern.ts'
import { type Api, ApiError } from '../sync/api.ts'
import type { BoardSession, Watched } from '../sync/contract.ts'
import { cell } from '../sync/watched.ts'

/** The lines of one pattern sheet, as far as this person may have them. */
export interface LoadedPattern {
  readonly sheet: SheetId
  readonly version: number
  /** All of it and as it is, for its owner; else a drawing of one size made for this viewer. */
  readonly exact: boolean
  /** Code of this look, drawn over a drawing that is not exact. */
  readonly code: string
  readonly layout: Layout
  readonly pattern: Pattern
}

export type PatternState =
  | { readonly is: 'loading'; readonly before: LoadedPattern | null }
  | { readonly is: 'ready'; readonly now: LoadedPattern }
  | { readonly is: 'failed'; readonly code: string; readonly before: LoadedPattern | null }

/** The patterns on one board, in memory only: fetched when their sheet appears, and again when it has a new version. */
export interface Patterns {
  readonly state: Watched<ReadonlyMap<SheetId, PatternState>>
  /** Has every size that may be seen fetched as well, once. */
  wantAllSizes(sheet: SheetId): void
  retry(sheet: SheetId): void
  /** Another version of a sheet, for comparing. @throws {ApiError} */
  fetchVersion(sheet: SheetId, version: number, signal?: AbortSignal): Promise<LoadedPattern>
  watch(): void
  /** Forgets everything; `watch` begins again. */
  stop(): void
}

/** What a state has to draw: the newest lines, or those before it while new ones are on their way. */
export const linesOf = (state: PatternState | undefined): LoadedPattern | null =>
  state === undefined ? null : state.is === 'ready' ? state.now : state.before

const isPattern = (sheet: Sheet): boolean => sheet.kind === 'pattern' && !sheet.away

export const openPatterns = (session: BoardSession, api: Api): Patterns => {
  const state = cell<ReadonlyMap<SheetId, PatternState>>(new Map())
  const asked = new Map<SheetId, { readonly version: number; readonly all: boolean; readonly stop: AbortController }>()
  const wantsAll = new Set<SheetId>()

  const set = (sheet: SheetId, next: PatternState | null): void => {
    const map = new Map(state.get())
    if (next) map.set(sheet, next)
    else map.delete(sheet)
    state.set(map)
  }
  const ask = async (sheet: SheetId, query: string, signal: AbortSignal | undefined): Promise<LoadedPattern> => {
    const view = await api<PatternView>('GET', `/api/sheets/${sheet}/pattern?${query}`, undefined, signal)
    const { version, exact, code, layout } = view
    return { sheet, version, exact, code, layout, pattern: unpackPattern(view.pattern) }
  }
  const load = async (sheet: SheetId, version: number): Promise<void> => {
    const all = wantsAll.has(sheet)
    const before = asked.get(sheet)
    if (before?.version === version && before.all === all) return
    before?.stop.abort()
    const stop = new AbortController()
    const mine = { version, all, stop }
    asked.set(sheet, mine)
    const had = linesOf(state.get().get(sheet))
    set(sheet, { is: 'loading', before: had })
    try {
      const now = await ask(sheet, `version=${version}&sizes=${all ? 'all' : 'base'}`, stop.signal)
      if (asked.get(sheet) === mine) set(sheet, { is: 'ready', now })
    } catch (problem) {
      if (asked.get(sheet) !== mine) return
      const code = problem instanceof ApiError ? problem.code : 'unreadable'
      set(sheet, { is: 'failed', code, before: had })
    }
  }
  const look = (): void => {
    if (session.status.get().is === 'ended') {
      forget()
      return
    }
    const sheets = session.records.get().sheets.filter(isPattern)
    for (const [id, { stop }] of asked)
      if (!sheets.some((sheet) => sheet.id === id)) {
        stop.abort()
        asked.delete(id)
        set(id, null)
      }
    for (const sheet of sheets) void load(sheet.id, sheet.version ?? 1)
  }
  const forget = (): void => {
    for (const { stop } of asked.values()) stop.abort()
    asked.clear()
    state.set(new Map())
  }
  let offs: readonly (() => void)[] = []
  return {
    state,
    wantAllSizes(sheet) {
      wantsAll.add(sheet)
      look()
    },
    retry(sheet) {
      asked.delete(sheet)
      look()
    },
    fetchVersion: (sheet, version, signal) => ask(sheet, `version=${version}&sizes=all`, signal),
    watch() {
      if (offs.length > 0) return
      offs = [session.records.subscribe(look), session.status.subscribe(look)]
      look()
    },
    stop() {
      for (const off of offs) off()
      offs = []
      forget()
    },
  }
}
