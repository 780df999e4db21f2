import type { Stamp } from './stamp.ts'

/**
 * Which mark, where, for whom: pure geometry and text, no pixels.
 *
 * The mark is a pattern that repeats every `PERIOD` pixels in x and y, measured from the corner of the level. The period equals
 * the tile size, so text runs on over the borders of tiles, and one drawing of the pattern serves every tile of a viewer.
 * Slanted rows of codes alternate with rows that name firm, person and time. The codes lie on a lattice of PERIOD / 3 = 170 2/3 px;
 * the box around the widest code is 81 × 37 px, so that wherever a window of 256 px is laid, there are 175 × 219 px for its corner to
 * fall on and at least one complete code is in it, on any level.
 */
export const PERIOD = 512

/** One line of text, its middle at (x, y) in pixels of the pattern. Drawn again PERIOD further wherever it crosses its border. */
export interface Placement {
  readonly role: 'code' | 'names'
  readonly text: string
  readonly x: number
  readonly y: number
  /** Radians, clockwise, as on a canvas. */
  readonly angle: number
  /** Size of the font, pixels. */
  readonly size: number
}

export interface Rect {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface Plan {
  /** The part of the level that is to be marked, pixels of the level. */
  readonly rect: Rect
  /** All of one period. */
  readonly placements: readonly Placement[]
  /** Plans with the same key have the same placements: what may be cached for a viewer. */
  readonly key: string
  /**
   * The place of the forensic mark (watermark.md B, C), which hides the same code in the picture itself: chips by cell of the level
   * and carrier amplitudes will be here, beside the visible text and burned in by the same pass. Null until then.
   */
  readonly forensic: null
}

/** Widest text of eight signs and a hyphen, in ems: M is the widest sign of the codes at 0.74. */
const CODE_EMS = 6.24
/** Mean width of a letter in names and dates, in ems, on the wide side (a Spanish firm's name has 0.46). */
const LETTER_EMS = 0.52
/** From the top of capitals to the foot of a comma, in ems. */
const LINE_EMS = 0.88
const SIZE = 13
const SMALLEST_SIZE = 5
/** Rows climb by one in three, which closes the pattern over its period. */
const ANGLE = -Math.atan2(1, 3)
const STEP = PERIOD / 3
/** Longest text of a row of names, letters; a row is 1,619 px long before it meets itself. */
const LONGEST = 120
/** Below this a level holds a straight pattern that fits it, instead of the slanted one. */
export const SMALL = 256

const shorten = (text: string, most: number): string => {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`
}

/** Between firm, person and time, and nowhere else: a name cannot look like two, or like another code. */
const BETWEEN = ' · '
const namesOf = ({ firm, person, time }: Stamp): string => {
  const parts = [shorten(firm, 48), shorten(person, 40), shorten(time, 24)]
  return shorten(parts.map((part) => part.replaceAll(BETWEEN, ' ')).join(BETWEEN), LONGEST)
}

/** Size in pixels of the straight box around a placement, at most. */
export const boxOf = ({ role, text, angle, size }: Placement): { width: number; height: number } => {
  const long = size * (role === 'code' ? CODE_EMS : [...text].length * 0.75)
  const high = size * LINE_EMS
  const cos = Math.abs(Math.cos(angle))
  const sin = Math.abs(Math.sin(angle))
  return { width: long * cos + high * sin, height: long * sin + high * cos }
}

const slanted = (stamp: Stamp): Placement[] => {
  const code = shorten(stamp.code, 9)
  const names = namesOf(stamp)
  const placements: Placement[] = []
  for (let column = 0; column < 3; column++)
    for (let row = 0; row < 3; row++)
      placements.push({
        role: 'code',
        text: code,
        x: (column + 0.5) * STEP,
        // Rows climb one third of a step for each step to the right.
        y: ((((row + 0.5) * STEP - (column * STEP) / 3) % PERIOD) + PERIOD) % PERIOD,
        angle: ANGLE,
        size: SIZE,
      })
  // One line, half a row below the codes, winds three times through the period before it closes.
  const around = Math.hypot(3 * PERIOD, PERIOD)
  const long = [...names].length * LETTER_EMS * SIZE
  const times = Math.max(1, Math.floor(around / (long + 3 * SIZE)))
  for (let i = 0; i < times; i++) {
    const along = (i / times) * 3 * PERIOD
    const x = STEP / 2 + along
    const y = STEP - along / 3
    placements.push({
      role: 'names',
      text: names,
      x: x % PERIOD,
      y: ((y % PERIOD) + PERIOD) % PERIOD,
      angle: ANGLE,
      size: SIZE,
    })
  }
  return placements
}

/** Places along one side: in the middle of a short side, every `step` (a divisor of the period) along a long one. */
const along = (side: number, step: number, fit: number): number[] => {
  const within = side < SMALL
  const count = Math.max(1, Math.floor((within ? side : PERIOD) / (within ? fit : step)))
  const pitch = (within ? side : PERIOD) / count
  return Array.from({ length: count }, (_, i) => (i + 0.5) * pitch)
}

const straight = (width: number, height: number, stamp: Stamp): Placement[] => {
  const code = shorten(stamp.code, 9)
  const names = namesOf(stamp)
  const size = Math.max(SMALLEST_SIZE, Math.min(SIZE, (width * 0.94) / CODE_EMS, height * 0.9))
  const placements: Placement[] = []
  const rows = along(height, PERIOD / 8, size * 2.6)
  for (const [index, y] of rows.entries()) {
    // In a single row there is place for the code alone; the register knows the rest.
    const role = index % 2 === 1 ? 'names' : 'code'
    const columns = role === 'names' ? [Math.min(width, PERIOD) / 2] : along(width, PERIOD / 3, size * CODE_EMS * 1.2)
    for (const x of columns) placements.push({ role, text: role === 'names' ? names : code, x, y, angle: 0, size })
  }
  return placements
}

/**
 * The plan for a part of a level.
 *
 * @param level Pixel size of the whole level, or of the picture when it is served in one.
 * @param rect The part, for example a tile; inside the level.
 */
export const planOf = (level: { width: number; height: number }, rect: Rect, stamp: Stamp): Plan => {
  const small = Math.min(level.width, level.height) < SMALL
  const fold = (side: number) => (side < SMALL ? side : 0)
  const geometry = small ? `${fold(level.width)}x${fold(level.height)}` : 'slanted'
  return {
    rect,
    placements: small ? straight(level.width, level.height, stamp) : slanted(stamp),
    key: JSON.stringify([geometry, stamp.firm, stamp.person, stamp.code, stamp.time]),
    forensic: null,
  }
}
