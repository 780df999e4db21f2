import { createCanvas } from '@napi-rs/canvas'
import { FONT, inOurFont, useFonts } from './fonts.ts'
import { boxOf, PERIOD, type Plan, type Rect } from './plan.ts'

/**
 * One period of a viewer's mark as the list of the pixels that it touches: about one in twelve. A tile is marked by going through
 * the list, some 0.3 ms, where compositing a full picture takes 10.
 */
export interface Overlay {
  /** Position in the period, y × PERIOD + x. */
  readonly at: Uint32Array
  /** Light that the mark adds, 0–255, already multiplied by its opacity. */
  readonly light: Uint8Array
  /** What stays of the ground, 0–255. */
  readonly keep: Uint8Array
}

/** Dark letters with a light rim: one of the two stands out on any ground. Opacities, 0–1. */
const INK = 0.34
const RIM = 0.34
/** Names say who it is, the code is what is traced: the code is the clearer. */
const NAMES = 0.72
const WEIGHT = 600
const DARK = 24
const LIGHT = 255
/** Width of the rim, ems. */
const RIM_EMS = 0.15

/** Coverage 0–255 of letters and of rims over one period. */
const coverage = (plan: Pick<Plan, 'placements'>, role: 'code' | 'names', part: 'ink' | 'rim'): Uint8Array => {
  useFonts()
  const canvas = createCanvas(PERIOD, PERIOD)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#000'
  pen.strokeStyle = '#000'
  pen.lineJoin = 'round'
  pen.textAlign = 'center'
  for (const placement of plan.placements) {
    if (placement.role !== role) continue
    const { size, angle, x, y } = placement
    const text = inOurFont(placement.text)
    pen.font = `${WEIGHT} ${size}px ${FONT}`
    pen.lineWidth = 2 * RIM_EMS * size
    const { width, height } = boxOf(placement)
    const reachX = Math.ceil((x + width) / PERIOD)
    const reachY = Math.ceil((y + height) / PERIOD)
    for (let i = -reachX; i <= reachX; i++)
      for (let j = -reachY; j <= reachY; j++) {
        const overX = Math.abs(x + i * PERIOD - PERIOD / 2) - PERIOD / 2
        const overY = Math.abs(y + j * PERIOD - PERIOD / 2) - PERIOD / 2
        // Wholly outside, rim and all.
        if (overX > width / 2 + size || overY > height / 2 + size) continue
        pen.setTransform(1, 0, 0, 1, x + i * PERIOD, y + j * PERIOD)
        pen.rotate(angle)
        // Capitals are 0.66 em high, and hang by their middle.
        const foot = 0.33 * size
        pen.globalCompositeOperation = 'source-over'
        if (part === 'rim') {
          pen.strokeText(text, 0, foot)
          pen.globalCompositeOperation = 'destination-out'
        }
        pen.fillText(text, 0, foot)
      }
  }
  const rgba = pen.getImageData(0, 0, PERIOD, PERIOD).data
  const out = new Uint8Array(PERIOD * PERIOD)
  for (let i = 0; i < out.length; i++) out[i] = rgba[4 * i + 3]!
  return out
}

/** Coverage of the codes alone, for reading a mark back. */
export const codeCoverage = (plan: Plan): { ink: Uint8Array; rim: Uint8Array } => ({
  ink: coverage(plan, 'code', 'ink'),
  rim: coverage(plan, 'code', 'rim'),
})

/** Draws one period: some 20 ms of work, so not for the thread that serves (see `overlays.ts`). */
export const drawOverlay = (plan: Pick<Plan, 'placements'>): Overlay => {
  const layers = (['code', 'names'] as const).map((role) => ({
    ink: coverage(plan, role, 'ink'),
    rim: coverage(plan, role, 'rim'),
    strength: role === 'code' ? 1 : NAMES,
  }))
  const at: number[] = []
  const light: number[] = []
  const keep: number[] = []
  for (let i = 0; i < PERIOD * PERIOD; i++) {
    let kept = 1
    let added = 0
    for (const { ink, rim, strength } of layers) {
      for (const [cover, opacity, tone] of [
        [rim[i]!, RIM, LIGHT],
        [ink[i]!, INK, DARK],
      ] as const) {
        const alpha = (cover / 255) * opacity * strength
        kept *= 1 - alpha
        added = added * (1 - alpha) + alpha * tone
      }
    }
    if (kept > 0.99) continue
    const stays = Math.round(kept * 255)
    at.push(i)
    keep.push(stays)
    // Both rounded up they would make 256 on white, which is black in a byte.
    light.push(Math.min(Math.round(added), 255 - stays))
  }
  return { at: Uint32Array.from(at), light: Uint8Array.from(light), keep: Uint8Array.from(keep) }
}

/** n / 255 rounded, for 0 ≤ n ≤ 65,025: exact, and without a division. */
const by255 = (n: number): number => ((n + 128) * 257) >> 16

/**
 * Burns the mark into pixels, in place.
 *
 * @param data Red green blue of the part `rect` of a level, row by row.
 */
export const burn = (data: Uint8Array, { left, top, width, height }: Rect, { at, light, keep }: Overlay): void => {
  // The period is a power of two, so that masking is the remainder, also of what is negative.
  const mask = PERIOD - 1
  for (let i = 0; i < at.length; i++) {
    const place = at[i]!
    const firstX = ((place & mask) - left) & mask
    const add = light[i]!
    const stay = keep[i]!
    for (let y = (((place / PERIOD) | 0) - top) & mask; y < height; y += PERIOD)
      for (let x = firstX; x < width; x += PERIOD) {
        const to = (y * width + x) * 3
        data[to] = add + by255(data[to]! * stay)
        data[to + 1] = add + by255(data[to + 1]! * stay)
        data[to + 2] = add + by255(data[to + 2]! * stay)
      }
  }
}
