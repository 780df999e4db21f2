import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFString } from 'pdf-lib'
import sharp from 'sharp'
import type { MediaRefusalCode } from '../../shared/protocol/report.ts'

/** A file that somebody may send us, made here, with what may come of it: `taken`, or one of these refusals. */
export interface Sent {
  readonly name: string
  readonly bytes: () => Promise<Uint8Array> | Uint8Array
  readonly outcome: readonly ('taken' | MediaRefusalCode)[]
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words)
const join = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts)

// --- pictures

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const body = join(text(type), data)
  const out = Buffer.alloc(12 + data.byteLength)
  out.writeUInt32BE(data.byteLength, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), 8 + data.byteLength)
  return out
}
const PNG_MARK = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** A PNG of one bit a pixel by hand, so that it may lie about everything. */
export const png = (width: number, height: number, extra: readonly Uint8Array[] = [], rows = height): Uint8Array => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.alloc(rows * (1 + Math.ceil(width / 8))), { level: 9 })
  return join(PNG_MARK, chunk('IHDR', head), ...extra, chunk('IDAT', pixels), chunk('IEND', new Uint8Array()))
}

/** A picture with something on it: slanted stripes of changing colour, never the same twice in a row. */
export const stripes = (width: number, height: number): Uint8Array => {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const to = (y * width + x) * 3
      data[to] = (x * 3 + y) & 255
      data[to + 1] = (x + y * 2) & 255
      data[to + 2] = (x ^ y) & 255
    }
  return data
}
const picture = (width: number, height: number) =>
  sharp(stripes(width, height), { raw: { width, height, channels: 3 } })
export const jpeg = (width = 320, height = 200): Promise<Buffer> => picture(width, height).jpeg().toBuffer()

const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.byteLength >> 1)
const edited = (bytes: Uint8Array, change: (copy: Buffer) => void): Uint8Array => {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}
/** Writes another size into the frame header of a baseline JPEG. */
const jpegClaiming = async (width: number, height: number): Promise<Uint8Array> =>
  edited(await jpeg(), (copy) => {
    const at = copy.indexOf(Buffer.from([0xff, 0xc0]))
    copy.writeUInt16BE(height, at + 5)
    copy.writeUInt16BE(width, at + 7)
  })

const PICTURES: readonly Sent[] = [
  { name: 'nothing.jpg', bytes: () => new Uint8Array(), outcome: ['empty'] },
  { name: 'one-byte.jpg', bytes: () => Uint8Array.of(0xff), outcome: ['unknown-kind'] },
  { name: 'mark-only.png', bytes: () => PNG_MARK, outcome: ['broken'] },
  { name: 'mark-only.jpg', bytes: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), outcome: ['broken'] },
  { name: 'mark-only.webp', bytes: () => text('RIFF\u0001\u0001\u0000\u0000WEBP'), outcome: ['broken'] },
  { name: 'half.jpg', bytes: async () => half(await jpeg()), outcome: ['broken'] },
  { name: 'half.png', bytes: async () => half(await picture(320, 200).png().toBuffer()), outcome: ['broken'] },
  { name: 'half.webp', bytes: async () => half(await picture(320, 200).webp().toBuffer()), outcome: ['broken'] },
  { name: 'flood.png', bytes: () => png(20_000, 20_000), outcome: ['too-many-pixels'] },
  { name: 'claims-everything.png', bytes: () => png(65_535, 65_535, [], 1), outcome: ['too-many-pixels'] },
  {
    name: 'beyond-counting.png',
    bytes: () => png(2 ** 31 - 1, 2 ** 31 - 1, [], 1),
    outcome: ['too-many-pixels', 'broken'],
  },
  { name: 'no-width.png', bytes: () => png(0, 100), outcome: ['broken'] },
  { name: 'too-few-rows.png', bytes: () => png(500, 500, [], 10), outcome: ['broken'] },
  { name: 'claims-more.jpg', bytes: () => jpegClaiming(65_500, 65_500), outcome: ['too-many-pixels'] },
  { name: 'claims-a-little-more.jpg', bytes: () => jpegClaiming(2_000, 2_000), outcome: ['taken', 'broken'] },
  {
    name: 'wrong-sum.png',
    bytes: () =>
      edited(png(100, 100), (copy) => copy.writeUInt8(copy[copy.byteLength - 20]! ^ 0xff, copy.byteLength - 20)),
    outcome: ['broken'],
  },
  {
    name: 'text-bomb.png',
    bytes: () =>
      png(10, 10, [chunk('zTXt', join(text('Comment\0\0'), deflateSync(Buffer.alloc(100_000_000), { level: 9 })))]),
    outcome: ['taken', 'broken'],
  },
  {
    name: 'profile-junk.png',
    bytes: () => png(10, 10, [chunk('iCCP', join(text('x\0\0'), deflateSync(Buffer.alloc(5_000_000, 7))))]),
    outcome: ['taken', 'broken'],
  },
  {
    name: 'script-after.jpg',
    bytes: async () => join(await jpeg(), text('<script>alert(1)</script><?php system(1) ?>')),
    outcome: ['taken'],
  },
  {
    name: 'zip-after.jpg',
    bytes: async () => join(await jpeg(), text('PK\u0003\u0004'), Buffer.alloc(500)),
    outcome: ['taken'],
  },
  {
    name: 'page-in-a-comment.jpg',
    bytes: async () => {
      const whole = await jpeg()
      const words = text('<html><body onload=alert(1)>%PDF-1.7')
      return join(whole.subarray(0, 2), Uint8Array.of(0xff, 0xfe, 0, words.byteLength + 2), words, whole.subarray(2))
    },
    outcome: ['taken'],
  },
  { name: 'really-a-png.svg', bytes: () => png(40, 40), outcome: ['taken'] },
  { name: '../../../etc/passwd\u0000.jpg', bytes: () => jpeg(), outcome: ['taken'] },
  { name: 'one-pixel.png', bytes: () => png(1, 1), outcome: ['taken'] },
  { name: 'thread.png', bytes: () => png(40_000, 1), outcome: ['taken'] },
  { name: 'deep-colour.png', bytes: () => picture(64, 64).toColourspace('rgb16').png().toBuffer(), outcome: ['taken'] },
  { name: 'clear.png', bytes: () => picture(64, 64).ensureAlpha(0.3).png().toBuffer(), outcome: ['taken'] },
  { name: 'grey.jpg', bytes: () => picture(64, 64).greyscale().jpeg().toBuffer(), outcome: ['taken'] },
  { name: 'for-print.jpg', bytes: () => picture(64, 64).toColourspace('cmyk').jpeg().toBuffer(), outcome: ['taken'] },
  {
    name: 'moves.webp',
    bytes: () =>
      sharp(stripes(64, 192), { raw: { width: 64, height: 192, channels: 3, pageHeight: 64 } })
        .webp()
        .toBuffer(),
    outcome: ['taken'],
  },
  { name: 'moves.gif', bytes: () => picture(64, 64).gif().toBuffer(), outcome: ['unknown-kind'] },
  { name: 'scan.tiff', bytes: () => picture(64, 64).tiff().toBuffer(), outcome: ['unknown-kind'] },
  { name: 'phone.heic', bytes: () => text('\0\0\0\u0018ftypheic\0\0\0\0mif1heic'), outcome: ['unknown-kind'] },
  { name: 'film.jpg', bytes: () => text('\0\0\0\u0018ftypmp42\0\0\0\0mp42isom'), outcome: ['unknown-kind'] },
  { name: 'archive.pdf', bytes: () => text('PK\u0003\u0004 and so on'), outcome: ['unknown-kind'] },
  { name: 'program.jpg', bytes: () => text('MZ\u0090\0\u0003'), outcome: ['unknown-kind'] },
  { name: 'script.png', bytes: () => text('#!/bin/sh\nrm -rf ~\n'), outcome: ['unknown-kind'] },
  {
    name: 'page.svg',
    bytes: () => text('<!DOCTYPE html><html><svg onload="alert(1)"/></html>'),
    outcome: ['unknown-kind'],
  },
  { name: 'letter.pdf', bytes: () => text('Estimada maestra:\n\nle mando el patrón.\n'), outcome: ['unknown-kind'] },
  { name: 'plot.plt', bytes: () => text('IN;SP1;PU0,0;PD100,100;'), outcome: ['unknown-kind'] },
  {
    name: 'noise.bin',
    bytes: () => Uint8Array.from({ length: 5_000 }, (_, i) => (i * i * 31 + 7) & 255),
    outcome: ['unknown-kind'],
  },
]

// --- drawings

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
const LINE = '<path d="M10 10L90 90" stroke="#000"/>'
/** A sheet of 100 × 100 mm with this on it. */
export const svg = (inside: string, root = 'width="100mm" height="100mm" viewBox="0 0 100 100"'): Uint8Array =>
  text(`<svg ${SVG} ${root}>${inside}</svg>`)
const drawn = (name: string, inside: string, outcome: Sent['outcome'] = ['taken'], root?: string): Sent => ({
  name: `${name}.svg`,
  bytes: () => svg(inside, root),
  outcome,
})
const file = (name: string, words: string, outcome: Sent['outcome']): Sent => ({
  name,
  bytes: () => text(words),
  outcome,
})

const DRAWINGS: readonly Sent[] = [
  file(
    'billion-laughs.svg',
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">${'bcdefghij'
      .split('')
      .map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)
      .join('')}]><svg ${SVG} width="10mm" height="10mm"><text y="5">&j;</text></svg>`,
    ['taken', 'broken'],
  ),
  file(
    'reads-a-file.svg',
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg ${SVG} width="10mm" height="10mm"><text y="5">&x;</text></svg>`,
    ['taken', 'broken'],
  ),
  file(
    'far-definitions.svg',
    `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:1/svg.dtd"><svg ${SVG} width="10mm" height="10mm">${LINE}</svg>`,
    ['taken'],
  ),
  file(
    'from-a-drawing-program.svg',
    `<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="10mm" height="10mm">${LINE}</svg>`,
    ['taken'],
  ),
  drawn(
    'style-that-doubts',
    `<style>${`${'g '.repeat(7)}path{fill:red}`.repeat(1_500)}</style>${`${'<g>'.repeat(29)}${LINE}${'</g>'.repeat(29)}`.repeat(100)}`,
    ['taken', 'took-too-long'],
  ),
  drawn('script', `<script>process.exit(7)</script>${LINE}`),
  drawn('script-far', `<script href="http://127.0.0.1:1/x.js"/>${LINE}`),
  drawn('handlers', `<g onload="alert(1)" onclick="alert(2)">${LINE}</g>`),
  drawn(
    'foreign',
    `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://127.0.0.1:1/"/></body></foreignObject>${LINE}`,
  ),
  drawn('far-picture', `<image href="http://127.0.0.1:1/a.png" width="10" height="10"/>${LINE}`),
  drawn('file-picture', `<image xlink:href="file:///etc/passwd" width="10" height="10"/>${LINE}`),
  drawn('data-picture', `<image href="data:image/svg+xml;base64,PHN2Zy8+" width="10" height="10"/>${LINE}`),
  drawn(
    'far-style',
    `<style>@import url(http://127.0.0.1:1/a.css); path { fill: url(http://127.0.0.1:1/b.svg#x) } @font-face { src: url(//127.0.0.1/f) }</style>${LINE}`,
  ),
  drawn('far-use', `<use href="http://127.0.0.1:1/a.svg#x"/>${LINE}`),
  drawn('speaking-link', `<a href="javascript:alert(1)">${LINE}</a>`),
  drawn('use-of-itself', `<g id="a"><use href="#a"/>${LINE}</g>`),
  drawn('use-in-a-ring', `<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>${LINE}`),
  drawn(
    'use-bomb',
    `<defs><g id="g0">${LINE}</g>${[1, 2, 3, 4, 5, 6].map((n) => `<g id="g${n}">${`<use href="#g${n - 1}"/>`.repeat(12)}</g>`).join('')}</defs><use href="#g6"/>`,
    ['too-complex'],
  ),
  drawn(
    'marker-in-itself',
    `<marker id="m" markerWidth="3" markerHeight="3"><path d="M0 0L1 1" marker-start="url(#m)" stroke="red"/></marker><path d="M1 1L9 9" stroke="#000" marker-start="url(#m)"/>`,
  ),
  drawn(
    'marker-bomb',
    `<marker id="m"><path d="M0 0L1 1${'L2 2L1 1'.repeat(400)}" marker-mid="url(#n)"/></marker><marker id="n">${LINE}</marker><path d="M0 0${'L5 5L6 6'.repeat(400)}" marker-mid="url(#m)" stroke="#000"/>`,
    ['too-complex'],
  ),
  drawn('deep', `${'<g>'.repeat(10_000)}${LINE}${'</g>'.repeat(10_000)}`, ['too-complex']),
  drawn('crowd', LINE.repeat(25_000), ['too-complex']),
  drawn('wide-beyond', LINE, ['too-complex'], 'width="1e9mm" height="100mm"'),
  drawn(
    'view-beyond',
    LINE,
    ['taken', 'empty', 'too-complex'],
    'width="100mm" height="100mm" viewBox="0 0 1e308 1e308"',
  ),
  drawn('view-backwards', LINE, ['taken', 'empty'], 'width="100mm" height="100mm" viewBox="0 0 -5 -5"'),
  drawn('no-size', LINE, ['taken'], ''),
  drawn('size-zero', LINE, ['taken', 'empty', 'broken'], 'width="0" height="0"'),
  drawn('nothing-drawn', '<defs/>', ['empty']),
  drawn(
    'impossible-moves',
    `<g transform="scale(NaN) rotate(1e999)">${LINE}</g><g transform="matrix(1 0 0)">${LINE}</g>${LINE}`,
  ),
  drawn(
    'impossible-path',
    `<path d="M NaN Infinity L 1e400 3" stroke="#000"/><path d="nonsense"/><circle r="-5"/>${LINE}`,
  ),
  drawn('dash-bomb', '<path d="M0 0L100 100" stroke="#000" stroke-dasharray="0.0000001"/>'),
  drawn('stroke-bomb', '<path d="M0 0L100 100" stroke="#000" stroke-width="1e9"/>'),
  drawn('long-path', `<path d="M0 0${'l1 1-1-1'.repeat(100_000)}" stroke="#000"/>`, [
    'taken',
    'too-complex',
    'took-too-long',
  ]),
  drawn('text-giant', '<text font-size="1e7" y="50">A</text>'),
  drawn('text-crowd', `<text y="50" font-size="3">${'ñ'.repeat(300_000)}</text>`),
  drawn(
    'text-on-itself',
    '<path id="p" d="M0 50L0 50"/><text><textPath href="#p">nada</textPath></text><text y="9">x</text>',
  ),
  drawn('style-crowd', `<style>${'.a .b .c{fill:red}'.repeat(3_000)}</style>${LINE}`, ['too-complex']),
  drawn('style-open', `<style>path { fill: red</style>${LINE}`),
  drawn(
    'style-strange',
    `<style>@media screen { path { fill: red } } a:not(:hover)[href^="x"] > b + c ~ d {} </style>${LINE}`,
  ),
  drawn(
    'strange-keys',
    `<g class="constructor __proto__" id="__proto__" style="__proto__: x; constructor: y">${LINE}</g><use href="#constructor"/>`,
  ),
  drawn(
    'filters',
    `<filter id="f"><feGaussianBlur stdDeviation="1e9"/><feImage href="http://127.0.0.1:1/"/></filter><g filter="url(#f)">${LINE}</g>`,
  ),
  drawn(
    'pattern-bomb',
    `<pattern id="p" width="0.0001" height="0.0001">${LINE}</pattern><rect width="100" height="100" fill="url(#p)" stroke="#000"/>`,
  ),
  drawn('moves', `<animate attributeName="d" values="x"/><set attributeName="onload" to="alert(1)"/>${LINE}`),
  drawn(
    'boards-within',
    `<svg x="10" width="50%" height="50%" viewBox="0 0 10 10" preserveAspectRatio="none">${LINE}</svg>`,
  ),
  file('left-open.svg', `<svg ${SVG} width="10mm" height="10mm"><g><path`, ['broken']),
  file('two-roots.svg', `<svg ${SVG}/><svg ${SVG}/>`, ['broken']),
  file('zero-bytes.svg', `<svg ${SVG} width="10mm" height="10mm">\0${LINE}</svg>`, ['broken']),
  file('not-svg-within.svg', '<?xml version="1.0"?><feed/>', ['unknown-kind']),
  { name: 'too-long.svg', bytes: () => svg(`<!--${'x'.repeat(2_200_000)}-->${LINE}`), outcome: ['too-large'] },
  {
    name: 'wide-letters.svg',
    bytes: () =>
      join(
        Uint8Array.of(0xff, 0xfe),
        Buffer.from(svg(LINE))
          .toString()
          .split('')
          .reduce((all, sign) => Buffer.concat([all, Buffer.from([sign.charCodeAt(0), 0])]), Buffer.alloc(0)),
      ),
    outcome: ['taken'],
  },
  { name: 'packed.svgz', bytes: () => gzipSync(svg(LINE)), outcome: ['unknown-kind'] },
]

// --- documents

type Page = ReturnType<PDFDocument['addPage']>
export const pdf = async (
  make: (document: PDFDocument, page: Page) => unknown,
  size: [number, number] = [300, 200],
) => {
  const document = await PDFDocument.create()
  const page = document.addPage(size)
  page.drawLine({ start: { x: 10, y: 10 }, end: { x: 200, y: 150 }, thickness: 2 })
  await make(document, page)
  return document.save({ useObjectStreams: false })
}
const action = (document: PDFDocument, entries: Record<string, unknown>) =>
  document.catalog.set(PDFName.of('OpenAction'), document.context.obj(entries as never))

/** A document by hand: these objects in order from 1, the first of them the catalogue. */
const byHand = (objects: readonly (string | Uint8Array)[]): Uint8Array => {
  const parts: Uint8Array[] = [text('%PDF-1.7\n')]
  const offsets: number[] = []
  let at = parts[0]!.byteLength
  for (const [index, object] of objects.entries()) {
    offsets.push(at)
    const part = join(
      text(`${index + 1} 0 obj\n`),
      typeof object === 'string' ? text(object) : object,
      text('\nendobj\n'),
    )
    parts.push(part)
    at += part.byteLength
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    text(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF`,
    ),
  )
  return join(...parts)
}
const stream = (dictionary: string, data: Uint8Array): Uint8Array =>
  join(text(`<<${dictionary}/Length ${data.byteLength}>>stream\n`), data, text('\nendstream'))
const onePage = (page: string, ...more: (string | Uint8Array)[]): Uint8Array =>
  byHand([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R ${page}>>`,
    ...more,
  ])
const BOX = '/MediaBox[0 0 300 200]'

const DOCUMENTS: readonly Sent[] = [
  { name: 'mark-only.pdf', bytes: () => text('%PDF-1.7\n'), outcome: ['broken'] },
  { name: 'half.pdf', bytes: async () => half(await pdf(() => {})), outcome: ['taken', 'broken'] },
  {
    name: 'late-mark.pdf',
    bytes: async () => join(text('Gracias.\r\n'), await pdf(() => {})),
    outcome: ['taken', 'broken'],
  },
  {
    name: 'page-before.pdf',
    bytes: async () => join(text('<html><script>alert(1)</script>'), await pdf(() => {})),
    outcome: ['unknown-kind'],
  },
  {
    name: 'locked.pdf',
    bytes: () => pdf((document) => document.encrypt({ userPassword: 'secreto', ownerPassword: 'dueña' })),
    outcome: ['encrypted'],
  },
  {
    name: 'speaks.pdf',
    bytes: () => pdf((document) => action(document, { S: 'JavaScript', JS: PDFString.of('app.alert(1)') })),
    outcome: ['taken'],
  },
  {
    name: 'launches.pdf',
    bytes: () => pdf((document) => action(document, { S: 'Launch', F: PDFString.of('/bin/sh') })),
    outcome: ['taken'],
  },
  {
    name: 'calls.pdf',
    bytes: () => pdf((document) => action(document, { S: 'URI', URI: PDFString.of('http://127.0.0.1:1/') })),
    outcome: ['taken'],
  },
  {
    name: 'goes-elsewhere.pdf',
    bytes: () => pdf((document) => action(document, { S: 'GoToR', F: PDFString.of('\\\\127.0.0.1\\x') })),
    outcome: ['taken'],
  },
  {
    name: 'carries.pdf',
    bytes: () => pdf((document) => document.attach(text('MZ'), 'x.exe', { mimeType: 'application/x-msdownload' })),
    outcome: ['taken'],
  },
  {
    name: 'notes.pdf',
    bytes: () =>
      pdf((document, page) =>
        page.node.set(
          PDFName.of('Annots'),
          document.context.obj([
            document.context.obj({
              Type: 'Annot',
              Subtype: 'Link',
              Rect: [0, 0, 99, 99],
              A: { S: 'URI', URI: PDFString.of('http://127.0.0.1:1/') },
            } as never),
          ]),
        ),
      ),
    outcome: ['taken'],
  },
  {
    name: 'form.pdf',
    bytes: () =>
      pdf((document) =>
        document.catalog.set(
          PDFName.of('AcroForm'),
          document.context.obj({ XFA: PDFString.of('<xdp/>'), Fields: [] } as never),
        ),
      ),
    outcome: ['taken'],
  },
  {
    name: 'thousands.pdf',
    bytes: () =>
      byHand([
        '<</Type/Catalog/Pages 2 0 R>>',
        `<</Type/Pages/Kids[${'3 0 R '.repeat(5_000)}]/Count 5000>>`,
        `<</Type/Page/Parent 2 0 R${BOX}>>`,
      ]),
    outcome: ['too-many-pages'],
  },
  {
    name: 'no-pages.pdf',
    bytes: () => byHand(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>']),
    outcome: ['empty', 'broken'],
  },
  {
    name: 'ring-of-pages.pdf',
    bytes: () => byHand(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R]/Count 3>>']),
    outcome: ['broken', 'empty'],
  },
  {
    name: 'claims-pages.pdf',
    bytes: () =>
      byHand([
        '<</Type/Catalog/Pages 2 0 R>>',
        `<</Type/Pages/Kids[3 0 R]/Count 30>>`,
        `<</Type/Page/Parent 2 0 R${BOX}>>`,
      ]),
    outcome: ['broken', 'taken'],
  },
  {
    name: 'huge-page.pdf',
    bytes: () => onePage('/MediaBox[0 0 14400 14400]/UserUnit 75000'),
    outcome: ['too-complex'],
  },
  {
    name: 'endless-page.pdf',
    bytes: () => onePage('/MediaBox[0 0 1e38 1e38]'),
    outcome: ['taken', 'too-complex', 'broken'],
  },
  { name: 'no-box.pdf', bytes: () => onePage('/MediaBox[0 0 0 0]'), outcome: ['taken', 'broken'] },
  { name: 'strange-box.pdf', bytes: () => onePage('/MediaBox[/a (b) null true]'), outcome: ['taken', 'broken'] },
  { name: 'sliver.pdf', bytes: () => onePage('/MediaBox[0 0 0.001 200]'), outcome: ['broken', 'taken'] },
  {
    name: 'stream-bomb.pdf',
    bytes: () =>
      onePage(
        `${BOX}/Contents 4 0 R`,
        stream('/Filter/FlateDecode', deflateSync(Buffer.alloc(300_000_000, '0 0 m 9 9 l S\n'), { level: 9 })),
      ),
    outcome: ['took-too-long', 'too-much-memory', 'taken'],
  },
  {
    name: 'picture-bomb.pdf',
    bytes: () =>
      onePage(
        `${BOX}/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>`,
        stream('', text('300 0 0 200 0 0 cm /I Do')),
        stream(
          '/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode',
          deflateSync(Buffer.alloc(30_000_000)),
        ),
      ),
    outcome: ['taken', 'broken', 'took-too-long', 'too-much-memory'],
  },
  {
    name: 'form-in-itself.pdf',
    bytes: () =>
      onePage(
        `${BOX}/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>`,
        stream('', text('/F Do')),
        stream('/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>', text('/F Do /F Do')),
      ),
    outcome: ['taken', 'broken', 'took-too-long', 'too-much-memory'],
  },
  {
    name: 'deep-values.pdf',
    bytes: () => onePage(`${BOX}/X ${'['.repeat(200_000)}${']'.repeat(200_000)}`),
    outcome: ['taken', 'broken', 'empty', 'took-too-long', 'too-much-memory', 'converter-failed'],
  },
  {
    name: 'stacked-states.pdf',
    bytes: () => onePage(`${BOX}/Contents 4 0 R`, stream('', text('q '.repeat(60_000)))),
    outcome: ['taken', 'took-too-long', 'too-much-memory'],
  },
  {
    name: 'broken-letters.pdf',
    bytes: () =>
      onePage(
        `${BOX}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>`,
        stream('', text('BT /F 20 Tf 10 100 Td (hola) Tj ET')),
        '<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R>>',
        '<</Type/FontDescriptor/FontName/X/FontFile2 7 0 R>>',
        stream('', Buffer.alloc(5_000, 0x41)),
      ),
    outcome: ['taken', 'broken'],
  },
]

// --- patterns without a piece, and what only looks like one

const PATTERNS: readonly Sent[] = [
  file('simple.dxf', '  0\r\nSECTION\r\n  2\r\nHEADER\r\n  0\r\nENDSEC\r\n  0\r\nEOF\r\n', ['no-pattern']),
  file('said-first.dxf', '999\nmade by hand\n0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n', ['no-pattern']),
  file('in-bytes.dxf', 'AutoCAD Binary DXF\r\n\u001a\0', ['no-pattern']),
  file('called-svg.svg', '0\nSECTION\n2\nHEADER\n0\nENDSEC\n', ['no-pattern']),
]

export const SENT: readonly Sent[] = [...PICTURES, ...DRAWINGS, ...DOCUMENTS, ...PATTERNS]
