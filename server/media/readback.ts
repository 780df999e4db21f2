import sharp from 'sharp'
import { codeCoverage } from './overlay.ts'
import { boxOf, PERIOD, type Placement, type Plan } from './plan.ts'

/**
 * Whether a plan's codes are burned into a picture: correlation of what is seen with the shapes of the letters, without the base
 * and without reading letters. For tests and for the nightly check of what was served.
 */
export interface Reading {
  /** Mean correlation of letters and rims with the picture over all complete codes, −1…1: about 0 without a mark. */
  readonly strength: number
  /** Complete codes that the plan has in the picture. */
  readonly codes: number
}

/** Fine structure only: what is left after taking away the mean of this many pixels around, a letter's height. */
const AROUND = 9
/** Edges of the design are far stronger than the mark: cut off here, grey levels. */
const CLIP = 40

interface Plane {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

const lightOf = (data: Uint8Array, width: number, height: number): Plane => {
  const out = new Float32Array(width * height)
  for (let i = 0; i < out.length; i++) out[i] = 0.3 * data[3 * i]! + 0.59 * data[3 * i + 1]! + 0.11 * data[3 * i + 2]!
  return { data: out, width, height }
}

/** Each value less the mean of the square around it. */
const fine = ({ data, width, height }: Plane): Plane => {
  const sums = new Float64Array((width + 1) * (height + 1))
  const stride = width + 1
  for (let y = 0; y < height; y++) {
    let line = 0
    for (let x = 0; x < width; x++) {
      line += data[y * width + x]!
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + line
    }
  }
  const reach = AROUND >> 1
  const out = new Float32Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - reach)
      const right = Math.min(width, x + reach + 1)
      const top = Math.max(0, y - reach)
      const bottom = Math.min(height, y + reach + 1)
      const sum =
        sums[bottom * stride + right]! -
        sums[top * stride + right]! -
        sums[bottom * stride + left]! +
        sums[top * stride + left]!
      out[y * width + x] = data[y * width + x]! - sum / ((right - left) * (bottom - top))
    }
  return { data: out, width, height }
}

const planeOf = (cover: Uint8Array, plan: Plan): Plane => {
  const { left, top, width, height } = plan.rect
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = cover[((top + y) % PERIOD) * PERIOD + ((left + x) % PERIOD)]!
  return { data, width, height }
}

let last: { readonly key: string; readonly shapes: readonly Plane[] } | undefined

/** What the codes look like on grey, white and black ground; the last are kept, since tiles of one viewer are read in a row. */
const shapesOf = (plan: Plan): readonly Plane[] => {
  const { left, top, width, height } = plan.rect
  const key = JSON.stringify([plan.key, left % PERIOD, top % PERIOD, width, height])
  if (last?.key === key) return last.shapes
  const cover = codeCoverage(plan)
  const ink = planeOf(cover.ink, plan)
  const rim = planeOf(cover.rim, plan)
  const both: Plane = { ...ink, data: rim.data.map((value, i) => value - ink.data[i]!) }
  const dark: Plane = { ...ink, data: ink.data.map((value) => -value) }
  last = { key, shapes: [both, dark, rim].map(fine) }
  return last.shapes
}

/** Boxes of the codes that lie wholly in the picture. */
const wholeCodes = (plan: Plan): { x: number; y: number; width: number; height: number }[] => {
  const { left, top, width, height } = plan.rect
  const boxes: { x: number; y: number; width: number; height: number }[] = []
  const each = (placement: Placement) => {
    const box = boxOf(placement)
    const w = Math.ceil(box.width)
    const h = Math.ceil(box.height)
    for (let j = Math.floor(top / PERIOD) - 1; j * PERIOD < top + height + PERIOD; j++)
      for (let i = Math.floor(left / PERIOD) - 1; i * PERIOD < left + width + PERIOD; i++) {
        const x = Math.floor(placement.x + i * PERIOD - left - w / 2)
        const y = Math.floor(placement.y + j * PERIOD - top - h / 2)
        if (x >= 0 && y >= 0 && x + w <= width && y + h <= height) boxes.push({ x, y, width: w, height: h })
      }
  }
  for (const placement of plan.placements) if (placement.role === 'code') each(placement)
  return boxes
}

/** Correlation of two planes within a box, the first one clipped. */
const correlate = (seen: Plane, shape: Plane, box: { x: number; y: number; width: number; height: number }): number => {
  let both = 0
  let a = 0
  let b = 0
  for (let y = box.y; y < box.y + box.height; y++)
    for (let x = box.x; x < box.x + box.width; x++) {
      const s = Math.max(-CLIP, Math.min(CLIP, seen.data[y * seen.width + x]!))
      const t = shape.data[y * shape.width + x]!
      both += s * t
      a += s * s
      b += t * t
    }
  return a > 0 && b > 0 ? both / Math.sqrt(a * b) : 0
}

/**
 * @param image The picture as it was served, exactly `plan.rect` in size.
 * @throws {RangeError} when the size differs.
 *
 * On white only the dark letters can be seen, on black only the rims, elsewhere both: the strongest of the three counts, code by
 * code.
 */
export const readBack = async (image: Uint8Array, plan: Plan): Promise<Reading> => {
  const { data, info } = await sharp(image)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.width !== plan.rect.width || info.height !== plan.rect.height)
    throw new RangeError('not the picture of this plan')
  const seen = fine(lightOf(data, info.width, info.height))
  const shapes = shapesOf(plan)
  const boxes = wholeCodes(plan)
  let sum = 0
  for (const box of boxes) sum += Math.max(...shapes.map((shape) => correlate(seen, shape, box)))
  return { strength: boxes.length === 0 ? 0 : sum / boxes.length, codes: boxes.length }
}

/**
 * Between the two: over all tiles of white, black and two photos, as WebP and as JPEG, tiles with a whole code had 0.38 at least;
 * unmarked ones 0.04 at most, and those of another viewer, whose codes lie in the same places, 0.26.
 */
export const MARKED = 0.3

/** False as well where the picture is too small to hold a whole code: see `Reading.codes`. */
export const readsBack = async (image: Uint8Array, plan: Plan): Promise<boolean> =>
  (await readBack(image, plan)).strength >= MARKED
