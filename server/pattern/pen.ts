import {
  appendBezierCurve,
  beginText,
  clip,
  closePath,
  concatTransformationMatrix,
  endPath,
  endText,
  fill,
  lineTo,
  moveTo,
  type PDFFont,
  type PDFOperator,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setDashPattern,
  setFillingRgbColor,
  setFontAndSize,
  setLineCap,
  setLineJoin,
  setLineWidth,
  setStrokingRgbColor,
  setTextMatrix,
  showText,
  stroke,
} from 'pdf-lib'
import type { Vec } from '../../shared/pattern/model.ts'

/** Points of a page in a millimetre, by definition (PDF 32000-1, 8.3.2.3). */
export const PT_PER_MM = 72 / 25.4

export type Grey = number
export interface Ink {
  /** mm */
  readonly width: number
  /** 0 black to 1 white. */
  readonly grey?: Grey
  readonly dash?: readonly number[]
}
export interface Face {
  /** Name in the page's resources. */
  readonly name: string
  readonly font: PDFFont
}

/** What the standard fonts have letters for; anything else is shown by its plain letter or a question mark. */
export const inFont = (font: PDFFont, text: string): string => {
  const known = new Set(font.getCharacterSet())
  const fits = (letter: string) => known.has(letter.codePointAt(0) as number)
  return [...text.normalize('NFC')]
    .map((letter) => (fits(letter) ? letter : (letter.normalize('NFKD')[0] ?? '?')))
    .map((letter) => (fits(letter) ? letter : /\s/.test(letter) ? ' ' : '?'))
    .join('')
}

/** Draws in millimetres, y upwards; keeps the operators of a page or of a drawing used on many pages. */
export class Pen {
  readonly operators: PDFOperator[] = []
  private readonly faces: { readonly plain: Face; readonly bold: Face }

  constructor(faces: { readonly plain: Face; readonly bold: Face }) {
    this.faces = faces
  }

  private put(...operators: PDFOperator[]): void {
    for (const one of operators) this.operators.push(one)
  }

  within(draw: () => void): void {
    this.put(pushGraphicsState())
    draw()
    this.put(popGraphicsState())
  }
  /** From here on, millimetres of something `by` times as large with its origin at `at`. */
  place(at: Vec, by = 1): void {
    this.put(concatTransformationMatrix(by, 0, 0, by, at.x * PT_PER_MM, at.y * PT_PER_MM))
  }
  clip(x: number, y: number, width: number, height: number): void {
    this.put(rectangle(x * PT_PER_MM, y * PT_PER_MM, width * PT_PER_MM, height * PT_PER_MM), clip(), endPath())
  }
  private ink({ width, grey = 0, dash = [] }: Ink): void {
    this.put(setLineWidth(width * PT_PER_MM), setStrokingRgbColor(grey, grey, grey), setLineCap(1), setLineJoin(1))
    this.put(
      setDashPattern(
        dash.map((n) => n * PT_PER_MM),
        0,
      ),
    )
  }
  private trace(points: readonly Vec[], closed: boolean): void {
    for (const [i, { x, y }] of points.entries())
      this.put(i === 0 ? moveTo(x * PT_PER_MM, y * PT_PER_MM) : lineTo(x * PT_PER_MM, y * PT_PER_MM))
    if (closed) this.put(closePath())
  }
  line(points: readonly Vec[], ink: Ink, closed = false): void {
    if (points.length < 2) return
    this.ink(ink)
    this.trace(points, closed)
    this.put(stroke())
  }
  box(x: number, y: number, width: number, height: number, ink: Ink): void {
    this.ink(ink)
    this.put(rectangle(x * PT_PER_MM, y * PT_PER_MM, width * PT_PER_MM, height * PT_PER_MM), stroke())
  }
  blob(points: readonly Vec[], grey: Grey): void {
    this.put(setFillingRgbColor(grey, grey, grey))
    this.trace(points, true)
    this.put(fill())
  }
  circle({ x, y }: Vec, radius: number, ink: Ink): void {
    const k = radius * 0.5522847498
    const p = (dx: number, dy: number) => [(x + dx) * PT_PER_MM, (y + dy) * PT_PER_MM] as const
    this.ink(ink)
    this.put(moveTo(...p(radius, 0)))
    this.put(appendBezierCurve(...p(radius, k), ...p(k, radius), ...p(0, radius)))
    this.put(appendBezierCurve(...p(-k, radius), ...p(-radius, k), ...p(-radius, 0)))
    this.put(appendBezierCurve(...p(-radius, -k), ...p(-k, -radius), ...p(0, -radius)))
    this.put(appendBezierCurve(...p(k, -radius), ...p(radius, -k), ...p(radius, 0)))
    this.put(closePath(), stroke())
  }

  /** Width of a text, mm. */
  widthOf(text: string, size: number, bold = false): number {
    const { font } = bold ? this.faces.bold : this.faces.plain
    return font.widthOfTextAtSize(inFont(font, text), size * PT_PER_MM) / PT_PER_MM
  }
  /**
   * @param size Height of the letters' em, mm.
   * @param turn Degrees counter-clockwise.
   */
  text(
    text: string,
    at: Vec,
    size: number,
    {
      bold = false,
      grey = 0,
      align = 0,
      turn = 0,
    }: { bold?: boolean; grey?: Grey; align?: 0 | 0.5 | 1; turn?: number } = {},
  ): void {
    if (text.trim() === '') return
    const { name, font } = bold ? this.faces.bold : this.faces.plain
    const shown = inFont(font, text)
    const back = this.widthOf(text, size, bold) * align
    const cos = Math.cos((turn * Math.PI) / 180)
    const sin = Math.sin((turn * Math.PI) / 180)
    const x = (at.x - back * cos) * PT_PER_MM
    const y = (at.y - back * sin) * PT_PER_MM
    this.put(beginText(), setFillingRgbColor(grey, grey, grey), setFontAndSize(name, size * PT_PER_MM))
    this.put(setTextMatrix(cos, sin, -sin, cos, x, y), showText(font.encodeText(shown)), endText())
  }
}
