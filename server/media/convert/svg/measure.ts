import { createCanvas } from '@napi-rs/canvas'
import { FONT, inOurFont, useFonts } from '../../fonts.ts'

/** Size at which text is measured and drawn before it is scaled: large enough that hinting and rounding do not show. */
export const MEASURED_AT = 64

const pen = createCanvas(1, 1).getContext('2d')

export const fontOf = (weight: number, italic: boolean): string =>
  `${italic ? 'italic ' : ''}${weight} ${MEASURED_AT}px ${FONT}`

/** Width of a text in our font, ems. */
export const widthOf = (text: string, weight: number, italic: boolean): number => {
  useFonts()
  pen.font = fontOf(weight, italic)
  return pen.measureText(inOurFont(text)).width / MEASURED_AT
}
