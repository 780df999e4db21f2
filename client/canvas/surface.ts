import { StaticCanvas } from 'fabric'
import { type BoardPoint, type Box, sheetAt, sizeOnBoard } from '../../shared/domain/geometry.ts'
import type { MarkId, PersonId } from '../../shared/domain/ids.ts'
import type { Mark, Says } from '../../shared/domain/mark.ts'
import type { Sheet } from '../../shared/domain/sheet.ts'
import { mm } from '../../shared/domain/units.ts'
import type { Me, View } from '../../shared/protocol/api.ts'
import { type Api, api as ownApi } from '../sync/api.ts'
import type { BoardSession } from '../sync/contract.ts'
import { openHost } from '../tools/host.ts'
import { toolOf } from '../tools/index.ts'
import { handlesOf } from '../tools/select.ts'
import type { Pointer, Table, ToolId } from '../tools/tool.ts'
import { keepCompany, LABEL_MS } from './company.ts'
import type { CanvasEvents, CanvasHandle } from './contract.ts'
import type { Brush } from './figures/figure.ts'
import { markUnder } from './hit.ts'
import { readKey } from './keys.ts'
import { openLayer } from './layer.ts'
import { drawOverlay, RULER_PX } from './overlay.ts'
import { type Gestures, listenToPointers } from './pointer.ts'
import { project } from './project.ts'
import type { Unit } from './ruler.ts'
import { openTiles } from './tiles.ts'
import {
  fitted,
  fromScreen,
  panned,
  pinched,
  regionOf,
  resized,
  type ScreenPoint,
  type Size,
  toScreen,
  union,
  type Viewport,
  zoomed,
} from './viewport.ts'

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
  /** Marks for which this says no are not drawn. */
  readonly shown: ((mark: Mark) => boolean) | null
}

export interface SurfaceNeeds {
  readonly session: BoardSession
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
/** Free room around what is fitted, in screen pixels. */
const MARGIN_PX = 44
/** More device pixels than this cost time and are hardly seen. */
const MOST_PIXELS = 2
/** A deep link brings a mark at least this near, in screen pixels of a millimetre. */
const NEAR_SCALE = 1

const askPicture = async (view: View, tile: string, signal: AbortSignal): Promise<ImageBitmap> => {
  const answer = await fetch(`/v/${view.view}/${tile}`, { signal, cache: 'no-store', credentials: 'same-origin' })
  if (!answer.ok) throw new Error(`tile: ${answer.status}`)
  return createImageBitmap(await answer.blob())
}

/** The canvas without React: fabric below, the overlay above it, and everything that hands can do there. */
export const openSurface = (host: HTMLElement, needs: SurfaceNeeds): Surface => {
  const { session, me, events } = needs
  const ask = needs.api ?? ownApi
  let settings = needs.settings
  let view: Viewport = { x: 0, y: 0, scale: 1 }
  let size: Size = { width: 1, height: 1 }
  let placed = false
  let disposed = false
  let spaceDown = false
  let crosshair: BoardPoint | null = null
  let following: PersonId | null = null
  let hovered: MarkId | null = null
  let boardDirty = true
  let overlayDirty = true
  let frame = 0
  /** Draws once more when labels of still cursors go. */
  let quiet: ReturnType<typeof setTimeout> | undefined

  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const brush: Brush = {
    scale: 1,
    pixels: 1,
    region: { x: 0, y: 0, width: 1, height: 1 },
    length: (millimetres, sheet) => (sheet.scale === 'assumed' ? settings.noScale : settings.length(millimetres)),
  }
  const board = document.createElement('canvas')
  const over = document.createElement('canvas')
  host.append(board, over)
  for (const canvas of [board, over]) {
    canvas.style.position = 'absolute'
    canvas.style.inset = '0'
    // Under the ring that shows where the focus is.
    canvas.style.zIndex = '-1'
    canvas.setAttribute('aria-hidden', 'true')
  }
  over.style.pointerEvents = 'none'
  const fabric = new StaticCanvas(board, { renderOnAddRemove: false, enableRetinaScaling: false })
  const overContext = over.getContext('2d')!

  const tiles = openTiles({
    askView: (sheet, signal) => ask<View>('POST', `/api/sheets/${sheet}/views`, undefined, signal),
    fetchTile: (view, { level, col, row }, signal) => askPicture(view, `${level}/${col}_${row}`, signal),
    now: needs.now,
    arrived: () => drawBoard(),
    memory: matchMedia('(pointer: coarse)').matches ? MEMORY.phone : MEMORY.desk,
  })
  const figures = project(fabric, brush, tiles.of, (what) => layer.touch(what))
  const layer = openLayer(() => figures.marks(), brush)

  // —— drawing ——

  const drawSoon = (): void => {
    if (frame === 0 && !disposed) frame = requestAnimationFrame(draw)
  }
  const drawBoard = (): void => {
    boardDirty = overlayDirty = true
    drawSoon()
  }
  const drawOver = (): void => {
    overlayDirty = true
    drawSoon()
  }
  const draw = (time: number): void => {
    frame = 0
    if (disposed) return
    if (boardDirty) {
      boardDirty = false
      brush.scale = view.scale
      brush.region = regionOf(view, size)
      tiles.plan(session.records.get().sheets, brush.region, view.scale * brush.pixels)
      const k = view.scale * brush.pixels
      fabric.viewportTransform = [k, 0, 0, k, -view.x * k, -view.y * k]
      const context = fabric.getContext()
      fabric.renderCanvas(context, figures.sheets())
      const goesOn = layer.paint(context, view, size)
      if (goesOn) drawBoard()
    }
    if (!overlayDirty) return
    overlayDirty = false
    const moving = company.step(time, view.scale)
    overContext.setTransform(brush.pixels, 0, 0, brush.pixels, 0, 0)
    const selected = settings.selected ? figures.laidOf(settings.selected) : null
    const preview = hands.preview.get()
    const previewSheet = preview && sheetOf(preview.sheet)
    drawOverlay(overContext, {
      view,
      size,
      time,
      guests: company.guests(performance.now()),
      glows: company.glows(),
      selected,
      handles: selected && isMine(selected.mark.id) ? handlesOf(selected.mark, selected.sheet) : [],
      preview: preview && previewSheet ? { sheet: previewSheet, shape: preview.shape } : null,
      says: preview?.mark ? (selected?.mark.words.says ?? settings.says) : settings.says,
      crosshair,
      unit: hasScale() ? settings.unit : null,
      length: brush.length,
    })
    if (moving) drawOver()
  }

  // —— the view ——

  const region = (): Box => regionOf(view, size)
  const look = (next: Viewport): void => {
    view = next
    drawBoard()
    const seen = region()
    events().onView({ scale: view.scale, region: seen })
    // Whoever follows shows no view of their own: two who follow each other would zoom out for ever.
    const own = { cx: seen.x + seen.width / 2, cy: seen.y + seen.height / 2, width: seen.width, height: seen.height }
    session.show({ view: following === null ? own : null })
  }
  /** By hand: whoever follows lets go. */
  const lookByHand = (next: Viewport): void => {
    letGo()
    look(next)
  }
  const letGo = (): void => {
    if (following === null) return
    following = null
    events().onFollowEnded()
  }
  const boxOfSheet = (sheet: Sheet): Box => ({ x: sheet.place.x, y: sheet.place.y, ...sizeOnBoard(sheet) })
  const everything = (): Box | null =>
    session.records
      .get()
      .sheets.filter(({ away }) => !away)
      .map(boxOfSheet)
      .reduce<Box | null>((all, box) => (all ? union(all, box) : box), null)
  const bringIn = (box: Box | null): void => {
    if (box) look(fitted(box, size, Math.min(MARGIN_PX, size.width / 10)))
  }
  const middle = (): ScreenPoint => ({ x: size.width / 2, y: size.height / 2 })
  const sheetOf = (id: string): Sheet | null => session.records.get().sheets.find((sheet) => sheet.id === id) ?? null
  const hasScale = (): boolean => {
    const { x, y, width, height } = region()
    const sheet = sheetAt(session.records.get().sheets, { x: mm(x + width / 2), y: mm(y + height / 2) })
    return sheet !== null && sheet.scale !== 'assumed'
  }

  // —— tools ——

  const isMine = (mark: MarkId): boolean => session.records.get().marks.get(mark)?.author === me.person.id
  const table = (): Table => {
    const { sheets, marks } = session.records.get()
    return {
      sheets,
      pixel: 1 / view.scale,
      selected: settings.selected ? (marks.get(settings.selected) ?? null) : null,
      isMine,
      mark: (id) => marks.get(id) ?? null,
      sheet: sheetOf,
      markAt: (at, reach) => markUnder(figures.visible(), at, reach, 1 / view.scale)?.mark.id ?? null,
    }
  }
  const hands = openHost({
    session,
    table,
    says: () => settings.says,
    onSelect: (mark) => select(mark),
    onDrawn: (mark) => {
      select(mark)
      events().onDrawn(mark)
    },
    onScaleLine: (sheet, length) => events().onScaleLine(sheet, length),
    onRefused: (reason) => events().onRefused?.(reason),
  })
  const select = (mark: MarkId | null): void => {
    settings = { ...settings, selected: mark }
    session.show({ selected: mark })
    events().onSelect(mark)
    drawOver()
  }
  const toolEvent = (type: 'down' | 'move' | 'up', at: BoardPoint, pressure: number, by: Pointer): boolean => {
    const busy = hands.handle({ type, at, pressure, by })
    if (busy && hands.tool.get() === 'laser') company.shine('own', at, performance.now())
    drawOver()
    return busy
  }
  const setCursor = (): void => {
    const tool = hands.tool.get()
    over.style.cursor = ''
    host.style.cursor =
      tool === 'hand' || spaceDown ? 'grab' : tool !== 'select' ? 'crosshair' : hovered ? 'pointer' : 'default'
  }
  const gestures: Gestures = {
    pan: (dx, dy) => lookByHand(panned(view, dx, dy)),
    zoom: (factor, at) => lookByHand(zoomed(view, factor, at)),
    pinch: (from, to) => lookByHand(pinched(view, from, to)),
    press(at, pressure, by) {
      crosshair = null
      const here = fromScreen(view, at)
      hands.point(here)
      return toolEvent('down', here, pressure, by)
    },
    drag(at, pressure, by) {
      const here = fromScreen(view, at)
      hands.point(here)
      toolEvent('move', here, pressure, by)
    },
    lift(at, pressure, by) {
      toolEvent('up', fromScreen(view, at), pressure, by)
      if (by === 'touch') hands.point(null)
    },
    cancel() {
      hands.handle({ type: 'cancel' })
      drawOver()
    },
    hover(at, by) {
      const here = at && fromScreen(view, at)
      hands.point(here)
      if (here && hands.isBusy()) toolEvent('move', here, 0.5, by)
      const mark = here && hands.tool.get() === 'select' ? table().markAt(here, 6 / view.scale) : null
      if (mark === hovered) return
      hovered = mark
      setCursor()
      events().onHover(mark)
    },
    movesBoard: () => spaceDown || hands.tool.get() === 'hand',
  }

  // —— keys ——

  const moveCrosshair = (dx: number, dy: number): void => {
    const from = crosshair ?? fromScreen(view, middle())
    const next = { x: mm(from.x + dx), y: mm(from.y + dy) }
    crosshair = next
    hands.point(next)
    if (hands.isBusy()) toolEvent('move', next, 0.5, 'keys')
    const p = toScreen(view, next)
    const edge = RULER_PX + 20
    const slide = (at: number, room: number): number =>
      at < edge ? edge - at : at > room - edge ? room - edge - at : 0
    const [sx, sy] = [slide(p.x, size.width), slide(p.y, size.height)]
    if (sx !== 0 || sy !== 0) lookByHand(panned(view, sx, sy))
    drawOver()
  }
  const enter = (): void => {
    const tool = toolOf(hands.tool.get())
    const at = crosshair ?? fromScreen(view, middle())
    crosshair = at
    const busy = hands.isBusy()
    if (tool.enter === 'tap') {
      toolEvent('down', at, 0.5, 'keys')
      toolEvent('up', at, 0.5, 'keys')
    } else toolEvent(busy ? 'up' : 'down', at, 0.5, 'keys')
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.target !== host) return
    const { selected } = settings
    const act = readKey(event, hands.tool.get(), selected !== null && isMine(selected))
    if (!act) return
    switch (act.do) {
      case 'zoom':
        lookByHand(zoomed(view, act.factor, middle()))
        break
      case 'fit':
        letGo()
        bringIn(everything())
        break
      case 'pan':
        lookByHand(panned(view, act.dx, act.dy))
        break
      case 'nudge':
        hands.nudge(act.dx, act.dy)
        break
      case 'crosshair':
        moveCrosshair(act.dx, act.dy)
        break
      case 'enter':
        // In the middle of nothing, with a mark selected, Enter is the page's: it opens the thread.
        if (hands.tool.get() === 'select' && !crosshair) return
        enter()
        break
      case 'escape':
        if (hands.isBusy()) hands.handle({ type: 'cancel' })
        else if (crosshair) crosshair = null
        else if (following !== null) letGo()
        else if (selected) select(null)
        else return
        drawOver()
        break
      case 'back':
        if (hands.isBusy()) hands.handle({ type: 'back' })
        else if (hands.tool.get() === 'select' && selected) {
          const verdict = session.act({ do: 'delete', mark: selected })
          if (!verdict.ok) events().onRefused?.(verdict.reason)
        } else return
        drawOver()
        break
      case 'space':
        spaceDown = true
        setCursor()
        break
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key !== ' ') return
    spaceDown = false
    setCursor()
  }
  const onBlur = (): void => {
    spaceDown = false
    setCursor()
  }

  // —— the others ——

  const company = keepCompany({ me, sheet: sheetOf, laid: (id) => figures.laidOf(id), isStill: () => still.matches })
  const followNow = (): void => {
    if (following === null) return
    const other = session.others.get().find(({ person, view }) => person === following && view)
    if (!other?.view) return
    const { cx, cy, width, height } = other.view
    look(fitted({ x: cx - width / 2, y: cy - height / 2, width, height }, size, 0))
  }
  const onOthers = (): void => {
    company.see(session.others.get())
    clearTimeout(quiet)
    quiet = setTimeout(drawOver, LABEL_MS + 50)
    followNow()
    drawOver()
  }

  // —— the board ——

  const onDifference: Parameters<BoardSession['onDifference']>[0] = (difference) => {
    const records = session.records.get()
    figures.apply(records, difference)
    if (!placed && records.sheets.some(({ away }) => !away) && size.width > 1) {
      placed = true
      bringIn(everything())
    }
    if (settings.selected && !records.marks.has(settings.selected) && difference.removed.length > 0) select(null)
    drawBoard()
  }
  const clear = (): void => {
    tiles.clear()
    figures.clear()
    company.clear()
    fabric.clear()
    overContext.setTransform(1, 0, 0, 1, 0, 0)
    overContext.clearRect(0, 0, over.width, over.height)
  }
  const onStatus = (): void => {
    if (session.status.get().is === 'ended') clear()
  }
  const onSize = (): void => {
    const next = { width: host.clientWidth, height: host.clientHeight }
    if (next.width === 0 || next.height === 0) return
    brush.pixels = Math.min(MOST_PIXELS, window.devicePixelRatio || 1)
    layer.reset()
    for (const canvas of [board, over]) {
      canvas.style.width = `${next.width}px`
      canvas.style.height = `${next.height}px`
    }
    over.width = Math.round(next.width * brush.pixels)
    over.height = Math.round(next.height * brush.pixels)
    fabric.setDimensions(
      { width: Math.round(next.width * brush.pixels), height: Math.round(next.height * brush.pixels) },
      { backstoreOnly: true },
    )
    const from = size
    size = next
    if (placed) {
      look(resized(view, from, next))
      followNow()
    } else if (everything()) {
      placed = true
      bringIn(everything())
    }
    drawBoard()
  }

  const handle: CanvasHandle = {
    zoomBy: (factor) => lookByHand(zoomed(view, factor, middle())),
    panBy: (dx, dy) => lookByHand(panned(view, dx, dy)),
    fit(what) {
      letGo()
      if (what && 'box' in what) bringIn(what.box)
      else if (what) {
        const sheet = sheetOf(what.sheet)
        if (sheet) bringIn(boxOfSheet(sheet))
      } else bringIn(everything())
    },
    goTo(mark) {
      const laid = figures.laidOf(mark)
      if (!laid) return
      letGo()
      const { box } = laid
      const scale = Math.max(view.scale, NEAR_SCALE)
      const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      const inside = box.width * scale < size.width * 0.8 && box.height * scale < size.height * 0.8
      placed = true
      if (inside) look({ scale, x: centre.x - size.width / 2 / scale, y: centre.y - size.height / 2 / scale })
      else bringIn(box)
      select(mark)
    },
    follow(person) {
      following = person
      if (person === null) look(view)
      else followNow()
    },
  }

  const stopPointers = listenToPointers(host, gestures)
  host.style.touchAction = 'none'
  host.addEventListener('keydown', onKey)
  host.addEventListener('keyup', onKeyUp)
  host.addEventListener('blur', onBlur)
  const watcher = new ResizeObserver(onSize)
  watcher.observe(host)
  const offs = [
    session.onDifference(onDifference),
    session.others.subscribe(onOthers),
    session.status.subscribe(onStatus),
    hands.preview.subscribe(drawOver),
  ]
  onSize()
  const records = session.records.get()
  onDifference({ sheets: true, added: [...records.marks.values()], changed: [], removed: [] })
  onOthers()
  hands.pick(settings.tool)
  setCursor()
  session.show({ selected: settings.selected })
  events().onReady(handle)

  return {
    set(next) {
      const before = settings
      settings = next
      if (next.tool !== before.tool) {
        hands.pick(next.tool)
        crosshair = null
        setCursor()
      }
      if (next.selected !== before.selected) session.show({ selected: next.selected })
      if (next.shown !== before.shown) figures.filter(next.shown, session.records.get())
      if (next.shown !== before.shown || next.unit !== before.unit || next.noScale !== before.noScale) layer.reset()
      drawBoard()
    },
    async dispose() {
      disposed = true
      cancelAnimationFrame(frame)
      clearTimeout(quiet)
      stopPointers()
      host.removeEventListener('keydown', onKey)
      host.removeEventListener('keyup', onKeyUp)
      host.removeEventListener('blur', onBlur)
      watcher.disconnect()
      for (const off of offs) off()
      session.show({ cursor: null, laser: false, selected: null, drawing: null, view: null })
      clear()
      await fabric.dispose()
      board.remove()
      over.remove()
    },
  }
}
