import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { readMark } from '../../shared/document/read.ts'
import type { MarkId } from '../../shared/domain/ids.ts'
import type { Mark } from '../../shared/domain/mark.ts'
import { parseStamped, type Stamped } from '../../shared/protocol/presence.ts'
import type { Seat } from './browser.ts'
import { type House, patiently, table } from './house.ts'
import type { Somebody } from './server.ts'

/** A point in pixels of the page, or in millimetres of the board. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** In front of a board whose letters can be read. */
export const atCloth = async (house: House, board: string, given: Parameters<House['sit']>[0]): Promise<Seat> => {
  const seat = await house.sit(given)
  await keepLetters(seat.context)
  await seat.page.goto(`/mesas/${board}`)
  await table(seat.page)
  return seat
}

// —— a witness ——

export interface Region extends Spot {
  readonly width: number
  readonly height: number
}

/** Somebody who stands beside the table with the stock provider: sees what is on disk and what everybody shows of themselves. */
export interface Witness {
  marks(): readonly Mark[]
  /** The only mark that says this. */
  mark(text: string): Mark | undefined
  /** What this person shows, from the window that showed something last. */
  shown(person: string): Stamped | undefined
  /** The region that a person looks at, in board millimetres; waits until there is one. */
  view(person: string): Promise<Region>
  /** The same, once it has the shape that the canvas on that person's page has now. */
  settled(seat: Seat, person: string): Promise<Region>
  /** Where a point of the board is on that person's page. */
  spot(seat: Seat, person: string, at: Spot): Promise<Spot>
  close(): void
}

/** @param who a person of the demo, or somebody with their cookie. */
export const openWitness = async (house: House, who: string | Somebody, board: string): Promise<Witness> => {
  const somebody = typeof who === 'string' ? await house.server.as(who) : who
  const { doc, provider, close } = await somebody.sync(board)
  const marks = (): readonly Mark[] =>
    [...doc.getMap('marks').keys()].flatMap((id) => readMark(doc, id as MarkId) ?? [])
  const shown = (who: string): Stamped | undefined =>
    [...provider.awareness.getStates().values()]
      .flatMap((state) => parseStamped(state) ?? [])
      .findLast(({ by }) => by === who)
  const witness: Witness = {
    marks,
    mark: (text) => marks().find(({ words }) => words.text === text),
    shown,
    async view(who) {
      await patiently(() => shown(who)?.view !== undefined).toBe(true)
      const [cx, cy, width, height] = shown(who)!.view!
      return { x: cx - width / 2, y: cy - height / 2, width, height }
    },
    async settled({ page }, who) {
      await patiently(async () => {
        const [view, box] = [await witness.view(who), await cloth(page)]
        return Math.abs(view.height / view.width - box.height / box.width)
      }).toBeLessThan(0.01)
      return witness.view(who)
    },
    async spot(seat, who, at) {
      const view = await witness.settled(seat, who)
      const box = await cloth(seat.page)
      const scale = box.width / view.width
      return { x: box.x + (at.x - view.x) * scale, y: box.y + (at.y - view.y) * scale }
    },
    close,
  }
  return witness
}

// —— what is on the canvas ——

/** Where the canvas is on the page. */
export const cloth = async (page: Page): Promise<Region> => {
  const box = await page.locator('canvas').first().boundingBox()
  if (!box) throw new Error('the canvas is not on the screen')
  return box
}

/** From now on the texts of each canvas can be read: those drawn since it was wiped last. */
const keepLetters = async (context: BrowserContext): Promise<void> => {
  await context.addInitScript(() => {
    const all = new WeakMap<object, Letter[]>()
    const { fillText, clearRect } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      all.delete(this.canvas)
      clearRect.apply(this, box)
    }
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, width) {
      const at = this.getTransform().transformPoint({ x, y })
      all.set(this.canvas, [...(all.get(this.canvas) ?? []), { text, x: at.x, y: at.y }])
      if (width === undefined) fillText.call(this, text, x, y)
      else fillText.call(this, text, x, y, width)
    }
    Object.assign(globalThis, { lettersOf: (canvas: object) => all.get(canvas) ?? [] })
  })
}
interface Letter {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Texts drawn over the board, with their places in canvas pixels. Whoever it is sat down `atCloth`. */
export const letters = (page: Page): Promise<Letter[]> =>
  page.evaluate(() =>
    (globalThis as unknown as { lettersOf(canvas: unknown): Letter[] }).lettersOf(
      document.querySelectorAll('canvas')[1],
    ),
  )

/** How much of a colour is drawn over the board, in pixels, within so many pixels of a spot of the page if one is given. */
export const ink = async (page: Page, colour: string, near?: Spot, reach = 12): Promise<number> => {
  const box = await cloth(page)
  const around = near
    ? { x: near.x - box.x - reach, y: near.y - box.y - reach, width: 2 * reach, height: 2 * reach }
    : { x: 0, y: 0, width: box.width, height: box.height }
  return page.evaluate(
    ({ colour, around }) => {
      const canvas = document.querySelectorAll('canvas')[1]!
      const k = canvas.width / canvas.clientWidth
      const { data } = canvas
        .getContext('2d')!
        .getImageData(around.x * k, around.y * k, Math.ceil(around.width * k), Math.ceil(around.height * k))
      const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16)) as [number, number, number]
      let found = 0
      for (let i = 0; i < data.length; i += 4) {
        const off = Math.abs(data[i]! - r) + Math.abs(data[i + 1]! - g) + Math.abs(data[i + 2]! - b)
        if (data[i + 3]! > 128 && off < 24) found++
      }
      return found
    },
    { colour, around },
  )
}

// —— hands ——

/** From one spot to the next with the mouse, the button down. */
export const drag = async (page: Page, ...[first, ...rest]: readonly [Spot, ...Spot[]]): Promise<void> => {
  await page.mouse.move(first.x, first.y)
  await page.mouse.down()
  for (const { x, y } of rest) await page.mouse.move(x, y, { steps: 5 })
  await page.mouse.up()
}

export const tap = (page: Page, { x, y }: Spot): Promise<void> => page.mouse.click(x, y)

/** A pen that tells how hard it presses, from 0 to 1. */
export interface Stylus {
  down(at: Spot, pressure: number): Promise<void>
  move(at: Spot, pressure: number): Promise<void>
  up(at: Spot): Promise<void>
}
export const takeStylus = async ({ context, page }: Seat): Promise<Stylus> => {
  const devtools = await context.newCDPSession(page)
  const send = async (
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    at: Spot,
    force: number,
  ): Promise<void> => {
    const buttons = type === 'mouseReleased' ? 0 : 1
    const pen = { force, buttons, button: 'left', pointerType: 'pen', clickCount: 1 } as const
    await devtools.send('Input.dispatchMouseEvent', { type, ...at, ...pen })
  }
  return {
    down: (at, pressure) => send('mousePressed', at, pressure),
    move: (at, pressure) => send('mouseMoved', at, pressure),
    up: (at) => send('mouseReleased', at, 0),
  }
}

/** Fingers on the glass, which stay down until they are lifted. */
export interface Fingers {
  down(...at: readonly Spot[]): Promise<void>
  move(...at: readonly Spot[]): Promise<void>
  up(): Promise<void>
}
export const takeFingers = async ({ context, page }: Seat): Promise<Fingers> => {
  const devtools: CDPSession = await context.newCDPSession(page)
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly Spot[]): Promise<void> => {
    const touchPoints = at.map(({ x, y }, id) => ({ x, y, id }))
    await devtools.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  return {
    down: (...at) => send('touchStart', at),
    move: (...at) => send('touchMove', at),
    up: () => send('touchEnd', []),
  }
}

/** Puts fingers down, slides them all to other places in a few steps, and lifts them. */
export const slide = async (
  seat: Seat,
  ...paths: readonly { readonly from: Spot; readonly to: Spot }[]
): Promise<void> => {
  const hand = await takeFingers(seat)
  const at = (part: number): Spot[] =>
    paths.map(({ from, to }) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }))
  await hand.down(...at(0))
  for (const part of [0.25, 0.5, 0.75, 1]) await hand.move(...at(part))
  await hand.up()
}

/** Lets go of a file over the middle of the table; whether the browser was kept from opening it. */
export const dropFile = (page: Page, name: string, content: string | Buffer): Promise<boolean[]> =>
  page.evaluate(
    ([name, base64]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(atob(base64 as string), (c) => c.charCodeAt(0))], name as string))
      const canvas = document.querySelector('canvas')
      return ['dragenter', 'dragover', 'drop'].map((type) => {
        const event = new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true })
        canvas?.parentElement?.dispatchEvent(event)
        return event.defaultPrevented
      })
    },
    [name, Buffer.from(content).toString('base64')] as const,
  )

// —— without hands ——

/** A pin by its numbers, in either language; the list has to be in view. Coordinates in the reader's unit. */
export const pinByNumbers = async (page: Page, text: string, at: Spot = { x: 10, y: 10 }): Promise<void> => {
  await page.getByRole('button', { name: /^(Agregar marca|Add a mark)$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').nth(0).fill(String(at.x))
  await dialog.getByRole('textbox').nth(1).fill(String(at.y))
  await dialog.locator('textarea').fill(text)
  await dialog.locator('button[type=submit]').click()
  await dialog.waitFor({ state: 'detached' })
}
