import type { ReportCode, ReportLines, SkippedElement } from '../../../shared/protocol/report.ts'
import { count } from '../count.ts'
import type { ReportSays } from '../es/reports.ts'
import { programName } from '../programs.ts'
import type { Words } from '../words.ts'
import { pattern } from './pattern.ts'

const of = (n: number, one: string, many: string): string => count('en', n, one, many)

const elements: Record<SkippedElement, string> = {
  image: 'Embedded images',
  foreignObject: 'Web page content',
  filter: 'Effects',
  mask: 'Masks',
  clipPath: 'Clippings',
  pattern: 'Pattern fills',
  gradient: 'Gradients',
  marker: 'Line ends',
  animation: 'Animations',
  media: 'Audio or video',
  other: 'Other elements',
}

/** The pieces that a note is of, before what it says. */
const said = ({ piece, more }: ReportLines['pattern-note']): string =>
  piece === '' ? '' : more === 0 ? `${piece}: ` : `${piece} and ${of(more, 'more piece', 'more pieces')}: `

const lines: { readonly [C in ReportCode]: (p: ReportLines[C], say: ReportSays) => string } = {
  'photo-read': (p) => `${p.format.toUpperCase()} photo of ${p.width} × ${p.height} pixels.`,
  'photo-turned': () => 'Turned upright as the camera said.',
  'metadata-removed': (p) =>
    p.place ? 'The place where it was taken and the camera’s data were removed.' : 'The camera’s data were removed.',
  'colour-converted': (p) =>
    ({
      cmyk: 'Its colours were for print (CMYK) and were converted for screens.',
      profile: 'Its colours had a profile of their own and were converted for screens.',
      grey: 'It was in greys.',
      'sixteen-bit': 'It had 16 bits and now has 8.',
    })[p.from],
  'transparency-on-white': () => 'What was transparent is on white.',
  'frames-skipped': (p) => `Only the first frame was used; ${of(p.count, 'frame was', 'frames were')} left out.`,
  'scale-assumed': (p, say) =>
    `Its size is not known: it lies on the table as if its long side were ${say.length(p.longSide)}. Set its scale.`,
  'pages-read': (p, say) =>
    `${of(p.count, 'page', 'pages')} of ${say.length(p.width)} × ${say.length(p.height)}, at true size.`,
  'resolution-lowered': (p) => `Because of its size it was drawn at ${p.dpi} dots an inch.`,
  'annotations-skipped': (p) => `${of(p.count, 'note', 'notes')} stuck on the PDF.`,
  'attachments-skipped': (p) => `${of(p.count, 'attached file', 'attached files')}.`,
  'page-incomplete': (p) => `Page ${p.page} could not be drawn completely.`,
  'drawing-read': (p, say) =>
    `Drawing of ${say.length(p.width)} × ${say.length(p.height)} with ${of(p.shapes, 'shape', 'shapes')}.`,
  'text-in-our-font': (p) => `${of(p.count, 'text', 'texts')} in our lettering in place of its own.`,
  'units-assumed': (p) => `Its lengths had no unit: read as pixels of 1/${p.dpi} inch. Check one.`,
  'size-assumed': (p, say) =>
    `It did not say its size: ${say.length(p.width)} × ${say.length(p.height)} was taken. Check a measure.`,
  'scripts-skipped': (p) => `${of(p.count, 'program', 'programs')} inside the file: never run, not kept.`,
  'links-skipped': (p) => `${of(p.count, 'link', 'links')} to other files: not followed.`,
  'elements-skipped': (p) => `${elements[p.element]} (${p.count}).`,
  'styles-skipped': (p) => `${of(p.count, 'style', 'styles')} that we do not understand.`,
  'shapes-broken': (p) => `${of(p.count, 'broken shape', 'broken shapes')}.`,
  'pattern-read': (p) =>
    `${p.kind.toUpperCase()} pattern${p.vendor === 'unknown' ? '' : ` from ${programName(p.vendor)}`}: ${of(p.pieces, 'piece', 'pieces')} in ${of(p.sizes, 'size', 'sizes')}.`,
  'pattern-units': (p) => `One unit of the file is ${p.mm} mm (${pattern.units[p.why]}).`,
  'pattern-layer': (p) =>
    `${p.layer === '' ? '' : `Layer ${p.layer}, `}${pattern.layers[p.means]}: ${of(p.count, 'element', 'elements')}.`,
  'pattern-note': (p) => `${said(p)}${pattern.notes[p.note](p)}`,
}

export const reports: Words['reports'] = { lines }
