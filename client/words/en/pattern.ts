import { count } from '../count.ts'
import type { RefusalSays, pattern as spanish } from '../es/pattern.ts'
import type { Same } from '../words.ts'

const of = (n: number, one: string, many: string): string => count('en', n, one, many)
const inLine = ({ line }: RefusalSays): string => (line > 0 ? ` (line ${line})` : '')

const refusals: Same<(typeof spanish)['refusals']> = {
  empty: () => 'The file is empty. Export it again.',
  'too-large': (p) => `The file is too large: ${Math.round(p.amount / 1048576)} MB fit. Export one style a file.`,
  'too-many': () => 'The file holds more lines or pieces than any pattern. Export one style a file.',
  'binary-dxf': () => 'This is a binary DXF. Export it as ASCII DXF (AAMA or ASTM).',
  dwg: () => 'This is a DWG of AutoCAD. Save it as ASCII DXF.',
  zip: () => 'This is a compressed archive. Unpack it and upload the DXF inside.',
  pdf: () => 'A PDF has no pieces. Upload it as a sheet to trace on.',
  plotter: () => 'This is a plotter file (HPGL or PLT): strokes, no pieces. Export DXF (AAMA or ASTM).',
  'not-dxf': () => 'This is neither DXF nor SVG. Export the pattern as DXF (AAMA or ASTM).',
  'not-svg': () => 'The SVG is damaged. Export it again.',
  broken: (p) => `The DXF is damaged${inLine(p)}: its lines do not come in pairs. Export it again.`,
  'long-line': (p) => `The DXF has an endless line${inLine(p)}. Export it again.`,
  nested: () => 'The DXF has blocks within blocks without end. Export one piece a block.',
  'bad-number': (p) => `The DXF has an impossible measure${inLine(p)}. Export it again.`,
  'no-pieces': () => 'No piece with an outline was found. Export as AAMA or ASTM, with the outline on layer 1.',
  'rul-alone': () => 'This is the grade-rule table (RUL). Upload it together with its DXF.',
  'bad-rul': (p) =>
    `The grade-rule table is damaged${p.amount > 0 ? ` at rule ${p.amount}` : ''}${inLine(p)}. Export it again.`,
  'rul-base': (p) => `Rule ${p.amount} moves the base size, and the base does not grow. Check the grade-rule table.`,
}

const notes: Same<(typeof spanish)['notes']> = {
  'as-exported': () =>
    'Exported by Puntada and unchanged since: it also has names of edges, hems, stitches, seams and measures.',
  'changed-since': () =>
    'Exported by Puntada and changed since: its lines hold; what a DXF does not draw (edges, stitches, seams) was left out.',
  'no-end': () => 'The file ends too early: something may be missing. If it is, export it again.',
  'broken-lines': (p) => `${of(p.count, 'damaged line', 'damaged lines')}: skipped.`,
  'decimal-commas': () => 'Numbers come with a decimal comma.',
  'zero-runs': (p) => `${of(p.count, 'stretch of no length', 'stretches of no length')}: not used.`,
  'open-outline': () => 'The outline was open: it was closed with a straight line.',
  'outline-by-guess': (p) =>
    `There is no layer 1: the outline was taken ${p.what ? `from layer ${p.what}` : 'to be the largest closed line'}.`,
  'extra-outline': (p) => `${of(p.count, 'more line', 'more lines')} on the layer of the outline: taken as cut-outs.`,
  'same-twice': (p) => `${p.what || 'A piece'} came twice alike: it was taken once.`,
  'placed-again': (p) => `${of(p.count, 'copy', 'copies')} of pieces that were read already.`,
  'not-placed': (p) => `${of(p.count, 'piece', 'pieces')} not placed in the drawing: read from the block.`,
  'name-from-block': (p) =>
    `${of(p.count, 'piece without a name', 'pieces without a name')}: that of the block was used.`,
  'size-missing': (p) =>
    `${of(p.count, 'piece without a size', 'pieces without a size')}: taken to be of the base size.`,
  'size-from-block': (p) =>
    `${of(p.count, 'piece without a size', 'pieces without a size')}: read from the name of its block.`,
  'sizes-differ': (p) =>
    `${of(p.count, 'size drawn', 'sizes drawn')} with other points than the base: read on their own.`,
  'size-apart': (p) => `${of(p.count, 'size', 'sizes')} with other edges than the base: kept as a piece of their own.`,
  'clockwise-differs': (p) =>
    `${of(p.count, 'size with a twisted outline', 'sizes with a twisted outline')} in the file.`,
  'notches-by-index': (p) =>
    `${of(p.count, 'notch', 'notches')} that the file has in the base size alone: put at the same point of the other sizes.`,
  'notch-off-edge': (p) =>
    `${of(p.count, 'notch off the outline', 'notches off the outline')}: kept at their distance.`,
  'turns-by-angle': () => 'The file does not say which points are corners: decided by the angle.',
  'quality-line-apart': (p) =>
    `${of(p.count, 'edge', 'edges')} whose fine curve does not go with the outline: key points were used.`,
  'keys-off-curve': (p) => `${of(p.count, 'key point off the curve', 'key points off the curve')}: brought to it.`,
  'mirror-inside': () => 'The mirror line is not on the outline: kept as an inner line.',
  'quantity-by-guess': () => 'The quantity does not say whether it means pairs: check it.',
  'allowance-uneven': (p) => `${of(p.count, 'edge', 'edges')} with an uneven allowance: the middle one was taken.`,
  marker: (p) => `This is a marker with ${of(p.count, 'outline', 'outlines')}, no pattern: no names or sizes.`,
  'unknown-entity': (p) => `${p.count} × ${p.what}: not used in patterns.`,
  'graded-by-rules': (p) => `${of(p.count, 'piece', 'pieces')} graded by the rule table.`,
  'rules-in-order': () => 'The points have no rule numbers: taken in order. Check the sizes.',
  'rules-missing': (p) =>
    `${of(p.count, 'rule that the table lacks', 'rules that the table lacks')}: those points follow their neighbours.`,
  'rules-unused': () => 'The rule table is not of this file: it was not used.',
  'internals-differ': (p) => `${of(p.count, 'inner line', 'inner lines')} that not all sizes have.`,
  'scaled-copy': (p) => `${of(p.count, 'piece placed', 'pieces placed')} at another scale: read as they are seen.`,
  'other-texts': (p) => `${of(p.count, 'text', 'texts')} that only other sizes have: kept.`,
}

export const pattern: Same<typeof spanish> = {
  refusals,
  notes,
  layers: {
    outline: 'cut line',
    turn: 'corners',
    curve: 'curve points',
    notch: 'notches',
    'grade-reference': 'grade reference',
    mirror: 'mirror line',
    grain: 'grain line',
    internal: 'inner lines',
    stripe: 'stripes',
    plaid: 'plaids',
    'cut-out': 'cut-outs',
    blank: 'blank',
    drill: 'drill holes',
    sew: 'sew line',
    note: 'notes',
    text: 'texts',
    quality: 'fine curves',
    none: 'no meaning',
  },
  units: {
    answered: 'somebody said so',
    'control-piece': 'by the control square',
    declared: 'the file says so',
    insunits: 'the header says so',
    guessed: 'by the size of the pieces',
    'true-size': 'the drawing has its size',
  },
  questions: {
    size: (p) => `Does piece ${p.piece} measure ${p.cm}?`,
    allowance: (p) => `Is the seam allowance in the line already? (${p.pieces})`,
  },
  asking: {
    about: 'The file does not say. Answer once and the pattern lies on the table.',
    unnamed: 'no name',
    more: (p) => `${p.n} more`,
    measures: 'How large it is',
    yesSize: (p) => `Yes, it is ${p.size}`,
    noSize: (p) => `No: it is ${p.size}`,
    otherSize: 'Another size',
    longSide: 'Longest side of the piece',
    sizeWrong: 'Write how long the piece is on its longest side.',
    included: 'Seam allowance',
    isIncluded: 'Yes, it is the cutting line',
    isNotIncluded: 'No, it is the sewing line',
    unknown: 'I do not know',
    unknownMeans: 'It stays without a known allowance; it can be said later for each edge.',
    width: 'Width of the allowance',
    widthHint: 'If you do not know, leave it empty.',
    widthWrong: 'Write the width of the allowance, from 0 to 10 cm, or leave it empty.',
    send: 'Lay on the table',
  },
}
