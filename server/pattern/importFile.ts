import { asBytes, sniff } from '../../shared/pattern/dxf/sniff.ts'
import { proposeSeams } from '../../shared/pattern/propose.ts'
import { MOST_BYTES, type ReadOptions, readPattern } from '../../shared/pattern/read.ts'
import type { Reading } from '../../shared/pattern/reading.ts'
import { patternFromSvg } from '../../shared/pattern/svg/read.ts'
import { readSvgTree } from './svgTree.ts'

/** Beyond this nobody confirms seams one by one, and looking for them takes too long. */
const MOST_EDGES = 1500

const patternIn = (bytes: Uint8Array, options: ReadOptions = {}): Reading => {
  const small = bytes.length > 0 && bytes.length <= MOST_BYTES
  const plain = small ? asBytes(bytes) : bytes
  if (!small || sniff(plain, options.name ?? '') !== 'svg') return readPattern(bytes, options)
  const read = readSvgTree(plain)
  if (read.ok) return patternFromSvg(read.tree, options)
  const { code, params } = read.refusal
  return code === 'too-complex' && 'most' in params
    ? { ok: false, refusal: { code: 'too-many', amount: params.most } }
    : { ok: false, refusal: { code: 'not-svg' } }
}

/**
 * A pattern out of any file we take: AAMA and ASTM DXF, and SVG, told apart by what they hold. The one importer of the server and of the
 * command line. Seams are proposed, none is confirmed, unless the file is an export of ours, which has its own.
 * Never throws for what a file holds.
 */
export const importFile = (bytes: Uint8Array, options: ReadOptions = {}): Reading => {
  const reading = patternIn(bytes, options)
  if (!reading.ok) return reading
  const { pattern, report } = reading
  // Its seams are those that somebody left.
  if (report.notes.some(({ code }) => code === 'as-exported')) return reading
  const edges = pattern.pieces.reduce((sum, piece) => sum + piece.edges.length, 0)
  return edges > MOST_EDGES ? reading : { ...reading, pattern: { ...pattern, seams: proposeSeams(pattern) } }
}
