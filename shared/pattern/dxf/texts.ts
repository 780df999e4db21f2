/** Letters that mean themselves, as nearly all texts are made of alone. */
const ORDINARY = /^[ -[\]-~]*$/

/** A text of a drawing as its lines of plain words: AutoCAD's escapes are resolved, its formatting is left out. */
export const plain = (words: string, formatted: boolean): string[] => {
  if (!formatted && ORDINARY.test(words)) return [words.trim()]
  const text = words.replace(/\\U\+([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  if (!formatted) return [clean(text)]
  const bare = text
    .replace(/\\[ACFHQTWacfhqtw][^;\\]*;/g, '')
    .replace(/\\[LOKlok]/g, '')
    .replace(/\\S([^;]*);/g, '$1')
    .replace(/\\~/g, ' ')
    .replace(/[{}]/g, '')
  const lines = bare
    .split(/\\P|\^J/)
    .map(clean)
    .filter((line) => line !== '')
  return lines.length > 0 ? lines : ['']
}

const clean = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .trim()

interface PairKey {
  readonly written: string
  /** Without blanks and in lower case. */
  readonly key: string
}
/** Every block says the same few keys: what they come to is worked out once, for as many as files of the trade have between them. */
const keys = new Map<string, PairKey>()
const MOST_KEYS = 100
const keyOf = (written: string): PairKey => {
  const known = keys.get(written)
  if (known !== undefined) return known
  const fresh = { written, key: written.toLowerCase().replace(/[\s_-]/g, '') }
  if (keys.size < MOST_KEYS) keys.set(written, fresh)
  return fresh
}

export interface Pair extends PairKey {
  readonly value: string
}
/** `Key: value`, the key without blanks and in lower case; null where a text is no such pair. */
export const pairOf = (text: string): Pair | null => {
  const colon = text.indexOf(':')
  if (colon < 1 || colon > 40) return null
  const { key, written } = keyOf(text.slice(0, colon).trim())
  return { key, written, value: text.slice(colon + 1).trim() }
}

/** What speaks of the whole file, wherever in it a text lies. */
const STYLE_KEYS =
  /^(stylename|author|product|version|creation(date|time)|samplesize|graderuletable|units|(curve)?tolerance|(astm|ansi).*)$/
export const isOfStyle = (pair: Pair | null): boolean => pair !== null && STYLE_KEYS.test(pair.key)

/** Keys that a piece knows; such a text is one of them on any layer but the one of notes. */
export const PIECE_KEYS = new Set([
  'piecename',
  'piece',
  'size',
  'sizename',
  'quantity',
  'qty',
  'annotation',
  'category',
  'material',
  'fabric',
  'rotation',
  'flip',
  'tilt',
  'fold',
])

/** What speaks of a piece by one of its keys. */
export const isOfPiece = (pair: Pair | null): boolean => pair !== null && PIECE_KEYS.has(pair.key)

/** The number of a grade rule in `# 12`; null where a text is none. */
export const ruleOf = (text: string): number | null => {
  const found = /^#\s*(\d{1,9})$/.exec(text)
  return found ? Number(found[1]) : null
}

/**
 * `1,0` is a pair (as drawn, mirrored) for ASTM and a decimal comma for others; both say one as drawn and none mirrored. `certain`
 * is false where a number stands for more than one, which may mean pairs, or beside a word (`2 PZAS`).
 */
export const quantityOf = (value: string): { drawn: number; mirrored: number; certain: boolean } | null => {
  const pair = /^(\d{1,4})\s*[,;/]\s*(\d{1,6})$/.exec(value)
  if (pair) {
    const decimals = /^0+$/.test(pair[2]!)
    return { drawn: Number(pair[1]), mirrored: decimals ? 0 : Math.min(9999, Number(pair[2])), certain: true }
  }
  const one = /^x?\s*(\d{1,4})(?:\.0+)?(\s?\D.*)?$/i.exec(value)
  return one ? { drawn: Number(one[1]), mirrored: 0, certain: Number(one[1]) < 2 && one[2] === undefined } : null
}

const VENDORS: readonly (readonly [RegExp, string])[] = [
  [/gerber|accumark/i, 'accumark'],
  [/\bclo\b|clo virtual|marvelous/i, 'clo'],
  [/poly\s*pattern/i, 'polypattern'],
  [/optitex|\bpds\b/i, 'optitex'],
  [/boke/i, 'boke'],
  [/seamline/i, 'seamline'],
  [/seamly/i, 'seamly'],
  [/valentina/i, 'valentina'],
  [/lectra|modaris/i, 'lectra'],
  [/grafis/i, 'grafis'],
  [/tuka/i, 'tuka'],
  [/assyst|human solutions/i, 'assyst'],
  [/richpeace/i, 'richpeace'],
  [/audaces/i, 'audaces'],
  [/freesewing/i, 'freesewing'],
  [/puntada/i, 'puntada'],
  [/ezdxf/i, 'ezdxf'],
  [/autocad|autodesk/i, 'autocad'],
]

/** Who wrote a file, from what it says of its author, product and release. */
export const vendorOf = (says: string): string => VENDORS.find(([words]) => words.test(says))?.[1] ?? 'unknown'
