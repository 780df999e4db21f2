import type { FoundKind, MediaRefusal, ReadableKind } from '../../shared/protocol/report.ts'

/** How much of a file's beginning `sniff` wants to see, bytes. An SVG may open with long comments. */
export const SNIFF_BYTES = 64 * 1024

export type Sniffed = { readonly kind: ReadableKind | 'dxf' } | { readonly refusal: MediaRefusal }

type Look = (head: Uint8Array, text: string) => boolean

const at =
  (offset: number, ...bytes: number[]): Look =>
  (head) =>
    bytes.every((byte, i) => head[offset + i] === byte)
const says =
  (offset: number, word: string): Look =>
  (_, text) =>
    text.startsWith(word, offset)
const matches =
  (pattern: RegExp): Look =>
  (_, text) =>
    pattern.test(text)
const all =
  (...looks: Look[]): Look =>
  (head, text) =>
    looks.every((look) => look(head, text))

const hasNoControls: Look = (head) => !head.some((byte) => byte < 9 || (byte > 13 && byte < 27))

/** What stands before the root of an XML document: a declaration, comments, instructions, a document type with its subset. */
const PROLOG = /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\]\s*)*>\s*)*/i
const rootIs =
  (root: RegExp): Look =>
  (_, text) =>
    root.test(text.slice(PROLOG.exec(text)?.[0].length ?? 0))

/** First hit wins, so that a file with two faces is what its first bytes say, and is then read as nothing else. */
const LOOKS: readonly (readonly [ReadableKind | 'dxf' | FoundKind, Look])[] = [
  ['jpeg', at(0, 0xff, 0xd8, 0xff)],
  ['png', at(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['webp', all(says(0, 'RIFF'), says(8, 'WEBP'))],
  ['pdf', says(0, '%PDF-')],
  ['gif', says(0, 'GIF8')],
  ['heic', all(says(4, 'ftyp'), matches(/^.{8}(?:hei[cxms]|hev[cx]|mif1|msf1)/s))],
  ['avif', all(says(4, 'ftyp'), matches(/^.{8}avi[fs]/s))],
  ['video', says(4, 'ftyp')],
  ['video', at(0, 0x1a, 0x45, 0xdf, 0xa3)],
  ['video', says(0, 'RIFF')],
  ['tiff', at(0, 0x49, 0x49, 0x2a, 0x00)],
  ['tiff', at(0, 0x4d, 0x4d, 0x00, 0x2a)],
  ['bmp', says(0, 'BM')],
  ['photoshop', says(0, '8BPS')],
  ['postscript', says(0, '%!')],
  ['postscript', at(0, 0xc5, 0xd0, 0xd3, 0xc6)],
  ['zip', says(0, 'PK\u0003\u0004')],
  ['zip', at(0, 0x1f, 0x8b)],
  ['zip', says(0, 'Rar!')],
  ['zip', at(0, 0x37, 0x7a, 0xbc, 0xaf)],
  ['program', says(0, '\u007fELF')],
  ['program', says(0, 'MZ')],
  ['program', says(0, '#!')],
  ['dxf', says(0, 'AutoCAD Binary DXF')],
  ['dxf', matches(/^\s*(?:999\r?\n[^\n]*\n\s*)*0\r?\n\s*SECTION\r?\n/)],
  ['svg', rootIs(/^<(?:svg:)?svg[\s/>]/)],
  ['html', rootIs(/^<(?:html|head|body|script)[\s/>]/i)],
  ['html', matches(/^\s*<!doctype html/i)],
  ['xml', matches(/^\s*<[?!a-z]/i)],
  ['hpgl', matches(/^\s*(?:IN|DF|PS|SP|PU|PD)[\d,\s]*;/)],
  ['hpgl', says(0, '\u001b%')],
  // Readers accept a PDF whose mark comes late; mailers put lines before it.
  ['pdf', matches(/^[\s\S]{0,1019}%PDF-\d/)],
  ['text', hasNoControls],
]

const READABLE: readonly string[] = ['jpeg', 'png', 'webp', 'pdf', 'svg', 'dxf']
const isReadable = (kind: ReadableKind | 'dxf' | FoundKind): kind is ReadableKind | 'dxf' => READABLE.includes(kind)

/** UTF-16 is told by its mark; everything else is looked at byte by byte, which ASCII survives in any encoding we take. */
const asText = (head: Uint8Array): string => {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head)
  const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  return Buffer.from(head.buffer, head.byteOffset + skip, head.byteLength - skip).toString('latin1')
}

/**
 * What a file is, from its first bytes alone: neither its name nor the type that a browser sent along is asked.
 *
 * @param head The first `SNIFF_BYTES` of the file, or all of a shorter one.
 */
export const sniff = (head: Uint8Array): Sniffed => {
  if (head.byteLength === 0) return { refusal: { code: 'empty', params: {} } }
  const text = asText(head)
  const found = LOOKS.find(([, look]) => look(head, text))?.[0] ?? 'other'
  if (isReadable(found)) return { kind: found }
  return { refusal: { code: 'unknown-kind', params: { found } } }
}
