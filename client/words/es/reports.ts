import type { ReportCode, ReportLines, SkippedElement } from '../../../shared/protocol/report.ts'
import { count } from '../count.ts'
import { programName } from '../programs.ts'
import { pattern } from './pattern.ts'

const of = (n: number, one: string, many: string): string => count('es-MX', n, one, many)

/** Helpers that know the reader's unit: `length` turns millimetres into text. */
export interface ReportSays {
  length(mm: number): string
}

/** The pieces that a note is of, before what it says. */
const said = ({ piece, more }: ReportLines['pattern-note']): string =>
  piece === '' ? '' : more === 0 ? `${piece}: ` : `${piece} y ${of(more, 'pieza más', 'piezas más')}: `

const lines: { readonly [C in ReportCode]: (p: ReportLines[C], say: ReportSays) => string } = {
  'photo-read': (p) => `Foto ${p.format.toUpperCase()} de ${p.width} × ${p.height} pixeles.`,
  'photo-turned': () => 'Se enderezó como indicaba la cámara.',
  'metadata-removed': (p) =>
    p.place ? 'Se quitó el lugar donde se tomó y los datos de la cámara.' : 'Se quitaron los datos de la cámara.',
  'colour-converted': (p) =>
    ({
      cmyk: 'Los colores venían para imprenta (CMYK) y se pasaron a pantalla.',
      profile: 'Los colores traían su propio perfil y se pasaron al de pantalla.',
      grey: 'Venía en grises.',
      'sixteen-bit': 'Venía en 16 bits y se pasó a 8.',
    })[p.from],
  'transparency-on-white': () => 'Lo transparente quedó sobre blanco.',
  'frames-skipped': (p) =>
    `Solo se usó el primer cuadro; ${of(p.count, 'cuadro quedó fuera', 'cuadros quedaron fuera')}.`,
  'scale-assumed': (p, say) =>
    `No se sabe cuánto mide: está sobre la mesa como si su lado largo fuera de ${say.length(p.longSide)}. Dale escala.`,
  'pages-read': (p, say) =>
    `${of(p.count, 'página', 'páginas')} de ${say.length(p.width)} × ${say.length(p.height)}, a tamaño real.`,
  'resolution-lowered': (p) => `Por su tamaño se dibujó a ${p.dpi} puntos por pulgada.`,
  'annotations-skipped': (p) => `${of(p.count, 'nota pegada', 'notas pegadas')} al PDF.`,
  'attachments-skipped': (p) => `${of(p.count, 'archivo adjunto', 'archivos adjuntos')}.`,
  'page-incomplete': (p) => `La página ${p.page} no se pudo dibujar completa.`,
  'drawing-read': (p, say) =>
    `Dibujo de ${say.length(p.width)} × ${say.length(p.height)} con ${of(p.shapes, 'trazo', 'trazos')}.`,
  'text-in-our-font': (p) => `${of(p.count, 'texto', 'textos')} con nuestra letra en lugar de la suya.`,
  'units-assumed': (p) =>
    `Las medidas no decían unidad: se leyeron como pixeles de 1/${p.dpi} de pulgada. Comprueba una.`,
  'size-assumed': (p, say) =>
    `No decía su tamaño: se tomó ${say.length(p.width)} × ${say.length(p.height)}. Comprueba una medida.`,
  'scripts-skipped': (p) => `${of(p.count, 'programa', 'programas')} dentro del archivo: no se ejecutan ni se guardan.`,
  'links-skipped': (p) => `${of(p.count, 'enlace', 'enlaces')} a otros archivos: no se siguen.`,
  'elements-skipped': (p) => `${elements[p.element]} (${p.count}).`,
  'styles-skipped': (p) => `${of(p.count, 'estilo que no entendemos', 'estilos que no entendemos')}.`,
  'shapes-broken': (p) => `${of(p.count, 'trazo dañado', 'trazos dañados')}.`,
  'pattern-read': (p) =>
    `Patrón ${p.kind.toUpperCase()}${p.vendor === 'unknown' ? '' : ` de ${programName(p.vendor)}`}: ${of(p.pieces, 'pieza', 'piezas')} en ${of(p.sizes, 'talla', 'tallas')}.`,
  'pattern-units': (p) => `Una unidad del archivo son ${p.mm} mm (${pattern.units[p.why]}).`,
  'pattern-layer': (p) =>
    `${p.layer === '' ? '' : `Capa ${p.layer}, `}${pattern.layers[p.means]}: ${of(p.count, 'elemento', 'elementos')}.`,
  'pattern-note': (p) => `${said(p)}${pattern.notes[p.note](p)}`,
}

const elements: Record<SkippedElement, string> = {
  image: 'Imágenes incrustadas',
  foreignObject: 'Contenido de página web',
  filter: 'Efectos',
  mask: 'Máscaras',
  clipPath: 'Recortes',
  pattern: 'Rellenos con motivo',
  gradient: 'Degradados',
  marker: 'Puntas de línea',
  animation: 'Animaciones',
  media: 'Audio o video',
  other: 'Otros elementos',
}

export const reports = { lines }
