import type { ImportRefusal } from '../reading.ts'

export type Content = 'dxf' | 'svg' | 'rul'

const starts = (bytes: Uint8Array, text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return bytes.length >= text.length
}

const ASCII = new TextDecoder('windows-1252')
const HEAD = 4096

/** UTF-16 with a byte order mark becomes UTF-8; everything else stays as it is. */
export const asBytes = (bytes: Uint8Array): Uint8Array => {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe
  const big = bytes[0] === 0xfe && bytes[1] === 0xff
  if (!little && !big) return bytes
  return new TextEncoder().encode(new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(bytes))
}

/** Whether the first line that isn't blank is a group code: up to four digits. */
const startsWithCode = (bytes: Uint8Array): boolean => {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (bytes[at] === 32 || (bytes[at]! >= 9 && bytes[at]! <= 13)) at++
  const first = at
  while (bytes[at]! >= 48 && bytes[at]! <= 57) at++
  if (at === first || at - first > 4) return false
  while (bytes[at] === 32 || bytes[at] === 9) at++
  return bytes[at] === 10 || bytes[at] === 13
}

/** What a file is by its first bytes; its name only helps to say what it is not. */
export const sniff = (bytes: Uint8Array, name: string): Content | ImportRefusal => {
  if (startsWithCode(bytes)) return 'dxf'
  if (starts(bytes, 'AutoCAD Binary DXF')) return { code: 'binary-dxf' }
  if (/^(AC10\d\d|AC1\.\d|AC2\.\d|MC0\.0)/.test(ASCII.decode(bytes.subarray(0, 6)))) return { code: 'dwg' }
  if (starts(bytes, 'PK\u0003\u0004') || starts(bytes, 'PK\u0005\u0006')) return { code: 'zip' }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { code: 'zip' }
  if (starts(bytes, 'Rar!') || starts(bytes, '7z\u00bc\u00af')) return { code: 'zip' }
  if (starts(bytes, '%PDF')) return { code: 'pdf' }
  const head = ASCII.decode(bytes.subarray(0, HEAD)).replace(/^\u00ef\u00bb\u00bf/, '')
  const text = head.trimStart()
  if (text === '') return bytes.length <= HEAD ? { code: 'empty' } : { code: 'not-dxf' }
  if (/^<(\?xml|!--|!doctype|svg|[a-z]+:svg)/i.test(text)) {
    return /<([a-z]+:)?svg[\s>]/i.test(ASCII.decode(bytes.subarray(0, 65_536))) ? 'svg' : { code: 'not-dxf' }
  }
  const escapes = text.charCodeAt(0) === 27
  if (escapes || /^(IN|DF|SP|PS|PU|PD|PA|SC|IP|RO|BP)[-\d,;\s]/.test(text)) return { code: 'plotter' }
  if (/^(ASTM|ANSI|VERSION|AUTHOR|UNITS|GRADE RULE TABLE)[^\r\n]{0,200}[\r\n]/i.test(text) && /RULE/i.test(head)) {
    return 'rul'
  }
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (ending === 'dwg') return { code: 'dwg' }
  if (ending === 'zip' || ending === 'rar' || ending === '7z') return { code: 'zip' }
  if (ending === 'plt' || ending === 'hpgl' || ending === 'hpg') return { code: 'plotter' }
  if (ending === 'pdf') return { code: 'pdf' }
  return { code: 'not-dxf' }
}
