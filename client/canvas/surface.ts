import { sheetAt, sizeOnBoard, toSheet } from '../../shared/domain/geometry.ts'
import { authorOf, type MarkId, type SheetId } from '../../shared/domain/ids.ts'
import type { Mark, Says } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'
import type { Operation } from '../../shared/pattern/operation.ts'
import type { Me, View } from '../../shared/protocol/api.ts'
import type { Patterns } from '../patterns/store.ts'
import type { Handle } from '../proposals/handles.ts'
import type { OwnSwatches } from '../proposals/own-swatches.ts'
import type { Workbench } from '../proposals/workbench.ts'
import { type Api, api as ownApi } from '../sync/api.ts'
import type { BoardSession } from '../sync/contract.ts'
import { part } from '../sync/part.ts'
import { openHost } from '../tools/host.ts'
import { handlesOf } from '../tools/select.ts'
import type { Table, ToolId } from '../tools/tool.ts'
import { openCamera } from './camera.ts'
import { keepCompany, LABEL_MS } from './company.ts'
import type { CanvasEvents, MeantEdge } from './contract.ts'
import { type Head, isStemmed, openFan } from './fan.ts'
import type { Brush } from './figures/figure.ts'
import { openFrames } from './frames.ts'
import { openHands } from './hands.ts'
import { markUnder } from './hit.ts'
import { listenToKeys } from './keyboard.ts'
import { openLayer } from './layer.ts'
import type { Lines, SizesShown } from './lines.ts'
import type { Look } from './look.ts'
import { drawOverlay } from './overlay.ts'
import { fetchPicture } from './picture.ts'
import { listenToPointers } from './pointer.ts'
import { project } from './project.ts'
import type { Proposed } from './proposed.ts'
import type { Unit } from './ruler.ts'
import { openStage } from './stage.ts'
import { openTiles } from './tiles.ts'
import { panned, zoomed } from './viewport.ts'

/** What the page may change while the canvas stands. */
export interface SurfaceSettings {
  readonly tool: ToolId
  readonly says: Says
  readonly unit: Unit
  readonly selected: MarkId | null
  /** Length of a thing as people read it. */
  length(millimetres: number): string
  /** Read in place of a length where a sheet has no scale. */
  readonly noScale: string
  /** Read on a sheet whose picture is long in coming, and on one whose picture was not given. */
  readonly slow: string
  readonly lost: string
  /** Marks for which this says no are not drawn. */
  readonly shown: ((mark: Mark) => boolean) | null
  /** Sizes of patterns, where somebody has chosen. */
  readonly sizes: ReadonlyMap<SheetId, SizesShown>
  /** The edge that a proposal would begin from; it is shown. */
  readonly meant: MeantEdge | null
  /** What stands beside a handle of a proposal. */
  handle(operation: Operation, handle: Handle): string
}

export interface SurfaceNeeds {
  readonly session: BoardSession
  readonly patterns: Patterns
  readonly swatches: OwnSwatches
  readonly workbench: Workbench
  readonly me: Me
  readonly events: () => CanvasEvents
  readonly settings: SurfaceSettings
  /** The server's clock. */
  now(): number
  readonly api?: Api
}

export interface Surface {
  set(settings: SurfaceSettings): void
  /** Resolves when fabric has let go of its element. */
  dispose(): Promise<void>
}

/** Decoded tiles kept: what a phone spares, and what a table computer does. */
const MEMORY = { phone: 64e6, desk: 256e6 } as const
/** More device pixels than this cost time and are hardly seen. */
const MOST_PIXELS = 2

/**
 * The canvas without React, put together from its parts: fabric below and the overlay above it (`stage`), drawn when they
 * changed (`frames`), seen from somewhere (`camera`), worked by pointers and keys (`hands`, `keyboard`), with the others on it (`company`).
 */
export const openSurface = (host: HTMLElement, needs: SurfaceNeeds): Surface => {
  const { session, me, events } = needs
  const ask = needs.api ?? ownApi
  let settings = needs.settings
  let disposed = false
  /** Draws once more when labels of still cursors go. */
  let quiet: ReturnType<typeof setTimeout> | undefined

  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const sheetOf = (id: string): Sheet | null => session.records.get().sheets.find((sheet) => sheet.id === id) ?? null
  const isMine = (mark: MarkId): boolean => session.records.get().marks.get(mark)?.author === me.person.id

  // —— what is drawn ——

  const brush: Brush = {
    scale: 1,
    pixels: 1,
    region: { x: 0, y: 0, width: 1, height: 1 },
    length: (millimetres, sheet) => (sheet.scale === 'assumed' ? settings.noScale : settings.length(millimetres)),
    waiting(sheet) {
      const why = isLines(sheet) ? null : tiles.waits(sheet)
      return why && settings[why]
    },
    head: (mark) => fan.headOf(mark, brush.scale),
  }
  /** What is drawn by its lines, or will be when they come, needs no picture; it is asked for where lines could not be had. */
  const isLines = (sheet: SheetId): boolean =>
    lines?.has(sheet) || (sheetOf(sheet)?.kind === 'pattern' && needs.patterns.state.get().get(sheet)?.is !== 'failed')
  let told = 0
  /** How many sheets in view have no picture yet, each time that it changes. */
  const tellWaiting = (): void => {
    const count = session.records
      .get()
      .sheets.filter(({ id, away }) => !away && !isLines(id) && tiles.waits(id) !== null).length
    if (count === told) return
    told = count
    events().onWaiting?.(count)
  }
  const stage = openStage(host)
  const frames = openFrames({
    board() {
      const view = camera.view()
      brush.scale = view.scale
      brush.region = camera.region()
      const pictures = session.records.get().sheets.filter(({ id }) => !isLines(id))
      tiles.plan(pictures, brush.region, view.scale * brush.pixels)
      stage.lookThrough(view, brush.pixels)
      const context = stage.fabric.getContext()
      stage.fabric.renderCanvas(context, figures.sheets())
      tellWaiting()
      fan.settle()
      const linesGoOn = lineLayer.paint(context, view, camera.size())
      return layer.paint(context, view, camera.size()) || linesGoOn
    },
    over(time) {
      const view = camera.view()
      const moving = company.step(time, view.scale)
      const selected = settings.selected ? figures.laidOf(settings.selected) : null
      const preview = tools.preview.get()
      const previewSheet = preview && sheetOf(preview.sheet)
      stage.over.setTransform(brush.pixels, 0, 0, brush.pixels, 0, 0)
      drawOverlay(stage.over, {
        view,
        size: camera.size(),
        time,
        guests: company.guests(performance.now()),
        glows: company.glows(),
        selected,
        handles: selected && isMine(selected.mark.id) ? handlesOf(selected.mark, selected.sheet) : [],
        preview: preview && previewSheet ? { sheet: previewSheet, shape: preview.shape } : null,
        says: preview?.mark ? (selected?.mark.words.says ?? settings.says) : settings.says,
        crosshair: hands.crosshair(),
        unit: hasScale() ? settings.unit : null,
        length: brush.length,
        head: (mark) => fan.headOf(mark, view.scale),
      })
      look?.draw(stage.over, view)
      proposed?.draw(stage.over, view)
      return moving
    },
  })
  const tiles = openTiles({
    askView: (sheet, signal) => ask<View>('POST', `/api/sheets/${sheet}/views`, undefined, signal),
    fetchTile: ({ view }, { level, col, row }, signal) => fetchPicture(`${view}/${level}/${col}_${row}`, signal),
    now: needs.now,
    arrived: frames.board,
    memory: matchMedia('(pointer: coarse)').matches ? MEMORY.phone : MEMORY.desk,
  })
  const figures = project(stage.fabric, brush, tiles.of, (what) => {
    layer.touch(what)
    if (isStemmed(what.mark)) fan.touch()
  })
  const fan = openFan(
    () => figures.visible(),
    (mark) => {
      const laid = figures.laidOf(mark)
      if (laid) layer.touch(laid)
    },
  )
  const layer = openLayer(() => figures.marks(), brush)
  /** Lines of patterns and what draws them: most boards have none, so they come with the first pattern. */
  let lines: Lines | null = null
  let proposed: Proposed | null = null
  const lineLayer = openLayer(() => lines?.figures() ?? [], brush)
  const drawLines = async (): Promise<void> => {
    const [{ openLines }, { openProposed }] = await part(() =>
      Promise.all([import('./lines.ts'), import('./proposed.ts')]),
    )
    if (lines || disposed) return
    lines = openLines({
      session,
      patterns: needs.patterns,
      brush,
      sizes: (sheet) => settings.sizes.get(sheet) ?? null,
      viewer: me.person.name,
      changed() {
        lineLayer.reset()
        frames.board()
      },
    })
    lines.refresh()
    const { patterns, workbench } = needs
    const say = (operation: Operation, handle: Handle): string => settings.handle(operation, handle)
    proposed = openProposed({ session, patterns, workbench, lines: () => lines, chosen: () => settings.meant, say })
    frames.over()
  }
  /** What shows a look comes with the first one. */
  let look: Look | null = null
  const drawLook = async (): Promise<void> => {
    const laid = needs.workbench.state.get()
    if (look || !laid?.operation.op.startsWith('look')) return
    const { openLook } = await part(() => import('./look.ts'))
    if (look || disposed) return
    const { patterns, swatches, workbench } = needs
    look = openLook({ session, patterns, swatches, workbench })
    frames.over()
  }
  const camera = openCamera({ session, events, moved: frames.board })
  const company = keepCompany({ me, sheet: sheetOf, laid: (id) => figures.laidOf(id), isStill: () => still.matches })
  /** What lies in the middle of the window can be measured. */
  const hasScale = (): boolean => {
    const { x, y, width, height } = camera.region()
    const sheet = sheetAt(session.records.get().sheets, { x: mm(x + width / 2), y: mm(y + height / 2) })
    return sheet !== null && sheet.scale !== 'assumed'
  }

  // —— what hands do ——

  const select = (mark: MarkId | null): void => {
    settings = { ...settings, selected: mark }
    session.show({ selected: mark })
    events().onSelect(mark)
    frames.over()
  }
  const table = (): Table => {
    const { sheets, marks } = session.records.get()
    const { scale } = camera.view()
    const pixel = 1 / scale
    const headOf = (mark: MarkId): Head => fan.headOf(mark, scale)
    return {
      sheets,
      pixel,
      selected: settings.selected ? (marks.get(settings.selected) ?? null) : null,
      isMine,
      mark: (id) => marks.get(id) ?? null,
      sheet: sheetOf,
      markAt: (at, reach) => markUnder(figures.visible(), at, reach, pixel, headOf)?.mark.id ?? null,
    }
  }
  const tools = openHost({
    session,
    table,
    says: () => settings.says,
    onSelect: select,
    onDrawn: (mark) => {
      select(mark)
      events().onDrawn(mark)
    },
    onScaleLine: (sheet, length) => events().onScaleLine(sheet, length),
    onMeant(at, reach) {
      const edge = proposed?.meant(at, reach) ?? null
      const sheet = edge ? null : sheetAt(session.records.get().sheets, at)
      const { width, height } = sheet ? sizeOnBoard(sheet) : { width: 0, height: 0 }
      const isOn =
        sheet !== null &&
        sheet.kind !== 'pattern' &&
        at.x >= sheet.place.x &&
        at.y >= sheet.place.y &&
        at.x <= sheet.place.x + width &&
        at.y <= sheet.place.y + height
      if (isOn) {
        const p = toSheet(sheet, at)
        events().onSpot({ sheet: sheet.id, x: p.x / sheet.width, y: 1 - p.y / sheet.height })
      } else events().onMeant(edge)
    },
    onRefused: (reason) => events().onRefused?.(reason),
  })
  const hands = openHands({
    tools,
    camera,
    markAt: (at, reach) => table().markAt(at, reach),
    grip: (at) => proposed?.grip(at, camera.view().scale) ?? look?.grip(at, camera.view().scale) ?? null,
    shine: (at) => company.shine('own', at, performance.now()),
    onHover: (mark) => events().onHover(mark),
    cursor: stage.cursor,
    redraw: frames.over,
  })

  // —— what changes ——

  const onDifference: Parameters<BoardSession['onDifference']>[0] = (difference) => {
    const records = session.records.get()
    figures.apply(records, difference)
    if (difference.sheets) lines?.refresh()
    camera.settle()
    // Of one's own there is nothing to say; whoever reads another's thread is told where it went.
    const { selected } = settings
    if (selected && difference.removed.includes(selected) && authorOf(selected) === me.person.id) select(null)
    frames.board()
  }
  const onOthers = (): void => {
    company.see(session.others.get())
    clearTimeout(quiet)
    quiet = setTimeout(frames.over, LABEL_MS + 50)
    camera.keepUp()
    frames.over()
  }
  const clear = (): void => {
    tiles.clear()
    figures.clear()
    company.clear()
    stage.clear()
  }
  const onStatus = (): void => {
    if (session.status.get().is === 'ended') clear()
  }
  const onSize = (): void => {
    const next = { width: host.clientWidth, height: host.clientHeight }
    if (next.width === 0 || next.height === 0) return
    brush.pixels = Math.min(MOST_PIXELS, window.devicePixelRatio || 1)
    layer.reset()
    stage.resize(next, brush.pixels)
    // On a phone the card with a mark's thread comes up over the place where the mark was touched.
    camera.resize(next, settings.selected ? figures.laidOf(settings.selected)?.box : null)
    frames.board()
  }

  const watcher = new ResizeObserver(onSize)
  watcher.observe(host)
  const offs = [
    listenToPointers(host, hands.gestures),
    listenToKeys(host, {
      tools,
      camera,
      hands,
      isSelected: () => settings.selected !== null,
      ownSelected: () => settings.selected !== null && isMine(settings.selected),
      unselect: () => select(null),
      remove() {
        if (settings.selected !== null) events().onRemove(settings.selected)
      },
      redraw: frames.over,
    }),
    session.onDifference(onDifference),
    session.others.subscribe(onOthers),
    session.status.subscribe(onStatus),
    needs.patterns.state.subscribe(() => {
      void drawLines()
      frames.board()
    }),
    needs.workbench.state.subscribe(() => {
      void drawLook()
      frames.over()
    }),
    needs.swatches.state.subscribe(frames.over),
    tools.preview.subscribe(frames.over),
  ]
  if (needs.patterns.state.get().size > 0) void drawLines()
  onSize()
  onDifference({ sheets: true, added: [...session.records.get().marks.values()], changed: [], removed: [] })
  onOthers()
  tools.pick(settings.tool)
  hands.changed()
  session.show({ selected: settings.selected })
  events().onReady({
    zoomBy: (factor) => camera.byHand((view) => zoomed(view, factor, camera.middle())),
    panBy: (dx, dy) => camera.byHand((view) => panned(view, dx, dy)),
    fit: camera.fit,
    bringNear: camera.bringNear,
    goTo(mark) {
      const laid = figures.laidOf(mark)
      if (!laid) return
      camera.goTo(laid.box)
      select(mark)
    },
    follow: camera.follow,
  })

  return {
    set(next) {
      const before = settings
      settings = next
      if (next.tool !== before.tool) {
        tools.pick(next.tool)
        hands.changed()
      }
      if (next.selected !== before.selected) session.show({ selected: next.selected })
      if (next.shown !== before.shown) {
        figures.filter(next.shown, session.records.get())
        fan.touch()
      }
      if (next.sizes !== before.sizes) lines?.refresh()
      if (next.shown !== before.shown || next.unit !== before.unit || next.noScale !== before.noScale) layer.reset()
      frames.board()
    },
    async dispose() {
      frames.stop()
      clearTimeout(quiet)
      watcher.disconnect()
      for (const off of offs) off()
      session.show({ cursor: null, laser: false, selected: null, drawing: null, view: null })
      clear()
      disposed = true
      lines?.dispose()
      await stage.dispose()
    },
  }
}
