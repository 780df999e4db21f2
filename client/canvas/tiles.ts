import type { Box } from '../../shared/domain/geometry.ts'
import type { SheetId } from '../../shared/domain/ids.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import type { View } from '../../shared/protocol/api.ts'
import { levelFor, parentOf, partOf, type Tile, tileKey, tilesIn } from './grid.ts'

/** Fetches at once; more would only make the nearest wait. */
const AT_ONCE = 6
/** A view is asked for again when it has less than this left, in milliseconds. */
const RENEW_MS = 60_000
const RETRY_MS = 3000
/** A sheet without any picture for so long is said to be waited for; most come sooner. */
const SLOW_MS = 500

export interface TileNeeds {
  /** `POST /api/sheets/:id/views`. */
  askView(sheet: SheetId, signal: AbortSignal): Promise<View>
  /** The picture of one tile; throws where it can't be had. */
  fetchTile(view: View, tile: Tile, signal: AbortSignal): Promise<ImageBitmap>
  /** The server's clock. */
  now(): number
  /** Something arrived: draw again. */
  arrived(): void
  /** Bytes of decoded pictures to keep at most. */
  readonly memory: number
}

interface Held {
  readonly bitmap: ImageBitmap
  readonly bytes: number
  /** Number of the plan that wanted it last. */
  wanted: number
}
interface OfSheet {
  view: View | null
  /** The version that the view was asked for; undefined for what has none. */
  version: number | undefined
  asking: AbortController | null
  notBefore: number
  /** Since when it is in view without any picture. */
  since: number | null
  /** The last thing asked for it was not given. */
  lost: boolean
  readonly held: Map<string, Held>
  readonly loading: Map<string, AbortController>
  readonly failed: Map<string, number>
}
interface Wanted {
  readonly sheet: SheetId
  readonly tile: Tile
}

/** What can be drawn of a sheet now. */
export interface SheetTiles {
  readonly view: View
  /** Tiles of the level that fits the zoom, in the region. */
  readonly wanted: readonly Tile[]
  find(tile: Tile): ImageBitmap | null
}

export interface TileStore {
  /** Fetches what a region needs, coarse first, then nearest first; what is out of view is not fetched any more. */
  plan(sheets: readonly Sheet[], region: Box, scale: number): void
  of(sheet: SheetId): SheetTiles | null
  /** Why there is nothing to draw of a sheet in view: it is long in coming, or was not given and is asked for again. */
  waits(sheet: SheetId): 'slow' | 'lost' | null
  /** Closes every picture and stops every fetch. */
  clear(): void
  readonly bytes: () => number
}

/** Decoded tiles of every sheet in view, kept within a limit: the longest unused go first. Nothing is kept on the device. */
export const openTiles = (needs: TileNeeds): TileStore => {
  const sheets = new Map<SheetId, OfSheet>()
  const wantedTiles = new Map<SheetId, readonly Tile[]>()
  let queue: Wanted[] = []
  let running = 0
  let plans = 0
  let bytes = 0
  let closed = false
  let retry: ReturnType<typeof setTimeout> | null = null
  let speaking: ReturnType<typeof setTimeout> | null = null
  let last: { sheets: readonly Sheet[]; region: Box; scale: number } | null = null

  const again = (after: number): void => {
    if (closed || retry !== null) return
    retry = setTimeout(() => {
      retry = null
      if (last) plan(last.sheets, last.region, last.scale)
    }, after)
  }
  const speakLater = (): void => {
    speaking ??= setTimeout(() => {
      speaking = null
      if (!closed) needs.arrived()
    }, SLOW_MS)
  }
  const stateOf = (id: SheetId): OfSheet => {
    let state = sheets.get(id)
    if (!state) {
      const empty = { held: new Map(), loading: new Map(), failed: new Map() }
      state = { view: null, version: undefined, asking: null, notBefore: 0, since: null, lost: false, ...empty }
      sheets.set(id, state)
    }
    return state
  }
  /** A new version is another picture: what was held is of the one before. */
  const forget = (state: OfSheet): void => {
    for (const abort of state.loading.values()) abort.abort()
    for (const held of state.held.values()) {
      bytes -= held.bytes
      held.bitmap.close()
    }
    state.held.clear()
  }
  const ask = async ({ id, version }: Sheet, state: OfSheet): Promise<void> => {
    if (state.asking || needs.now() < state.notBefore) return
    const asking = new AbortController()
    state.asking = asking
    try {
      const view = await needs.askView(id, asking.signal)
      if (closed) return
      if (state.view && state.version !== version) forget(state)
      state.view = view
      state.version = version
      state.lost = false
      state.failed.clear()
      if (last) plan(last.sheets, last.region, last.scale)
      needs.arrived()
    } catch {
      if (closed) return
      state.lost = true
      needs.arrived()
      state.notBefore = needs.now() + RETRY_MS
      again(RETRY_MS)
    } finally {
      state.asking = null
    }
  }
  const makeRoom = (): void => {
    if (bytes <= needs.memory) return
    const all: { state: OfSheet; key: string; held: Held }[] = []
    // The coarsest tile of a sheet stays: it is small, and something to show at once.
    for (const state of sheets.values())
      for (const [key, held] of state.held) if (held.wanted < plans && key !== '0/0_0') all.push({ state, key, held })
    all.sort((a, b) => a.held.wanted - b.held.wanted)
    for (const { state, key, held } of all) {
      if (bytes <= needs.memory) return
      state.held.delete(key)
      bytes -= held.bytes
      held.bitmap.close()
    }
  }
  const load = async ({ sheet, tile }: Wanted): Promise<void> => {
    const state = stateOf(sheet)
    const { view } = state
    const key = tileKey(tile)
    if (!view || state.held.has(key) || state.loading.has(key)) return
    const abort = new AbortController()
    state.loading.set(key, abort)
    running++
    try {
      const bitmap = await needs.fetchTile(view, tile, abort.signal)
      if (closed || sheets.get(sheet) !== state || abort.signal.aborted) {
        bitmap.close()
        return
      }
      const size = bitmap.width * bitmap.height * 4
      state.held.set(key, { bitmap, bytes: size, wanted: plans })
      bytes += size
      state.since = null
      state.lost = false
      makeRoom()
      needs.arrived()
    } catch {
      // Wanted again while its fetch was being given up: the plan after that one had to leave it out.
      if (abort.signal.aborted) again(0)
      else if (!closed) {
        state.failed.set(key, needs.now() + RETRY_MS)
        state.lost = true
        needs.arrived()
        // It may have ended before its time: the next plan asks for another.
        if (needs.now() >= view.until) state.view = null
        again(RETRY_MS)
      }
    } finally {
      state.loading.delete(key)
      running--
      next()
    }
  }
  const next = (): void => {
    while (!closed && running < AT_ONCE) {
      const wanted = queue.shift()
      if (!wanted) return
      void load(wanted)
    }
  }
  const plan = (all: readonly Sheet[], region: Box, scale: number): void => {
    if (closed) return
    last = { sheets: all, region, scale }
    plans++
    const now = needs.now()
    const coarse: Wanted[] = []
    const fine: Wanted[] = []
    const present = new Set<SheetId>()
    wantedTiles.clear()
    for (const sheet of all) {
      present.add(sheet.id)
      const part = sheet.away ? null : partOf(sheet, region)
      if (!part) continue
      const state = stateOf(sheet.id)
      const { view } = state
      if (state.held.size === 0 && state.since === null) {
        state.since = now
        speakLater()
      }
      if (!view || view.until - now < RENEW_MS || state.version !== sheet.version) void ask(sheet, state)
      if (!view) continue
      const level = levelFor(sheet, view.pyramid, scale)
      const tiles = tilesIn(view.pyramid, level, part)
      wantedTiles.set(sheet.id, tiles)
      const whole: Tile = { level: 0, col: 0, row: 0 }
      for (const tile of [whole, ...tiles]) {
        const key = tileKey(tile)
        const held = state.held.get(key)
        if (held) held.wanted = plans
        else if ((state.failed.get(key) ?? 0) <= now) (tile.level === 0 ? coarse : fine).push({ sheet: sheet.id, tile })
        // What stands in for a missing tile is not thrown away before it arrives.
        for (let up = parentOf(tile); !held && up; up = parentOf(up)) {
          const instead = state.held.get(tileKey(up))
          if (!instead) continue
          instead.wanted = plans
          break
        }
      }
    }
    queue = [...coarse, ...fine]
    const still = new Set(queue.map(({ sheet, tile }) => `${sheet}/${tileKey(tile)}`))
    for (const [id, state] of sheets) {
      for (const [key, abort] of state.loading) if (!still.has(`${id}/${key}`)) abort.abort()
      if (present.has(id)) continue
      state.asking?.abort()
      for (const held of state.held.values()) {
        bytes -= held.bytes
        held.bitmap.close()
      }
      sheets.delete(id)
    }
    makeRoom()
    next()
  }
  return {
    plan,
    of(id) {
      const state = sheets.get(id)
      if (!state?.view) return null
      return {
        view: state.view,
        wanted: wantedTiles.get(id) ?? [],
        find: (tile) => state.held.get(tileKey(tile))?.bitmap ?? null,
      }
    },
    waits(id) {
      const state = sheets.get(id)
      if (!state || state.held.size > 0) return null
      if (state.lost) return 'lost'
      return state.since !== null && needs.now() - state.since >= SLOW_MS ? 'slow' : null
    },
    clear() {
      closed = true
      if (speaking !== null) clearTimeout(speaking)
      if (retry !== null) clearTimeout(retry)
      queue = []
      for (const state of sheets.values()) {
        state.asking?.abort()
        for (const abort of state.loading.values()) abort.abort()
        for (const held of state.held.values()) held.bitmap.close()
      }
      sheets.clear()
      wantedTiles.clear()
      bytes = 0
    },
    bytes: () => bytes,
  }
}
