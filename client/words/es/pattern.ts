import type { ImportNoteCode, ImportRefusalCode, LayerMeans, UnitReason } from '../../../shared/pattern/reading.ts'
import { count } from '../count.ts'

const of = (n: number, one: string, many: string): string => count('es-MX', n, one, many)

/** What a refusal came with; 0 where it came without. */
export interface RefusalSays {
  readonly line: number
  readonly amount: number
}
export interface NoteSays {
  readonly count: number
  /** A name out of the file; empty where there is none. */
  readonly what: string
}

const inLine = ({ line }: RefusalSays): string => (line > 0 ? ` (línea ${line})` : '')

/** Why a pattern file is not read, and what to do. */
const refusals: { readonly [C in ImportRefusalCode]: (p: RefusalSays) => string } = {
  empty: () => 'El archivo está vacío. Vuelve a exportarlo.',
  'too-large': (p) =>
    `El archivo es demasiado grande: caben ${Math.round(p.amount / 1048576)} MB. Exporta un modelo por archivo.`,
  'too-many': () => 'El archivo trae más líneas o piezas que cualquier patrón. Exporta un modelo por archivo.',
  'binary-dxf': () => 'Es un DXF binario. Expórtalo como DXF ASCII (AAMA o ASTM).',
  dwg: () => 'Es un DWG de AutoCAD. Guárdalo como DXF ASCII.',
  zip: () => 'Es un archivo comprimido. Ábrelo y sube el DXF que trae dentro.',
  pdf: () => 'Un PDF no trae piezas. Súbelo como hoja para calcar encima.',
  plotter: () => 'Es un archivo de plóter (HPGL o PLT): trae trazos, no piezas. Exporta DXF (AAMA o ASTM).',
  'not-dxf': () => 'No es un DXF ni un SVG. Exporta el patrón como DXF (AAMA o ASTM).',
  'not-svg': () => 'El SVG está dañado. Vuelve a exportarlo.',
  broken: (p) => `El DXF está dañado${inLine(p)}: sus renglones no van en pares. Vuelve a exportarlo.`,
  'long-line': (p) => `El DXF trae un renglón sin fin${inLine(p)}. Vuelve a exportarlo.`,
  nested: () => 'El DXF trae bloques dentro de bloques sin fin. Exporta una pieza por bloque.',
  'bad-number': (p) => `El DXF trae una medida imposible${inLine(p)}. Vuelve a exportarlo.`,
  'no-pieces': () =>
    'No se encontró ninguna pieza con contorno. Exporta como AAMA o ASTM, con el contorno en la capa 1.',
  'rul-alone': () => 'Es la tabla de reglas (RUL). Súbela junto con su DXF.',
  'bad-rul': (p) =>
    `La tabla de reglas está dañada${p.amount > 0 ? ` en la regla ${p.amount}` : ''}${inLine(p)}. Vuelve a exportarla.`,
  'rul-base': (p) => `La regla ${p.amount} mueve la talla base, y la base no crece. Revisa la tabla de reglas.`,
}

/** What else the importer says of a file. */
const notes: { readonly [C in ImportNoteCode]: (p: NoteSays) => string } = {
  'as-exported': () =>
    'Lo exportó Puntada y nadie lo cambió: trae también nombres de tramos, bastillas, puntadas, costuras y medidas.',
  'changed-since': () =>
    'Lo exportó Puntada y se cambió después: valen sus líneas; lo que un DXF no dibuja (tramos, puntadas, costuras) se quedó fuera.',
  'no-end': () => 'El archivo termina antes de tiempo: puede faltar algo. Si falta, vuelve a exportarlo.',
  'broken-lines': (p) => `${of(p.count, 'renglón dañado', 'renglones dañados')}: se saltaron.`,
  'decimal-commas': () => 'Los números vienen con coma decimal.',
  'zero-runs': (p) => `${of(p.count, 'tramo sin largo', 'tramos sin largo')}: no se usan.`,
  'open-outline': () => 'El contorno venía abierto: se cerró con una recta.',
  'outline-by-guess': (p) =>
    `No hay capa 1: el contorno se tomó${p.what ? ` de la capa ${p.what}` : ' de la línea cerrada más grande'}.`,
  'extra-outline': (p) => `${of(p.count, 'línea más', 'líneas más')} en la capa del contorno: se tomaron como calados.`,
  'same-twice': (p) => `${p.what || 'Una pieza'} venía repetida igual: se tomó una vez.`,
  'placed-again': (p) => `${of(p.count, 'copia', 'copias')} de piezas ya leídas.`,
  'not-placed': (p) => `${of(p.count, 'pieza', 'piezas')} sin colocar en el dibujo: se leyeron de su bloque.`,
  'name-from-block': (p) => `${of(p.count, 'pieza sin nombre', 'piezas sin nombre')}: se usó el de su bloque.`,
  'size-missing': (p) => `${of(p.count, 'pieza sin talla', 'piezas sin talla')}: se tomaron en talla base.`,
  'size-from-block': (p) => `${of(p.count, 'pieza sin talla', 'piezas sin talla')}: se leyó en el nombre de su bloque.`,
  'sizes-differ': (p) =>
    `${of(p.count, 'talla dibujada', 'tallas dibujadas')} con otros puntos que la base: se leyeron por su cuenta.`,
  'size-apart': (p) => `${of(p.count, 'talla', 'tallas')} con otros tramos que la base: quedaron como otra pieza.`,
  'clockwise-differs': (p) =>
    `${of(p.count, 'talla con el contorno torcido', 'tallas con el contorno torcido')} en el archivo.`,
  'notches-by-index': (p) =>
    `${of(p.count, 'piquete', 'piquetes')} que el archivo solo trae en la base: puestos en el mismo punto de las demás tallas.`,
  'notch-off-edge': (p) =>
    `${of(p.count, 'piquete fuera del contorno', 'piquetes fuera del contorno')}: conservan su distancia.`,
  'turns-by-angle': () => 'El archivo no dice cuáles puntos son esquina: se decidió por el ángulo.',
  'quality-line-apart': (p) =>
    `${of(p.count, 'tramo', 'tramos')} cuya curva fina no coincide con el contorno: se usaron los puntos clave.`,
  'keys-off-curve': (p) =>
    `${of(p.count, 'punto clave fuera de la curva', 'puntos clave fuera de la curva')}: se llevaron a ella.`,
  'mirror-inside': () => 'La línea de espejo no está en el contorno: se guardó como línea interna.',
  'quantity-by-guess': () => 'La cantidad no dice si son pares: revísala.',
  'allowance-uneven': (p) => `${of(p.count, 'tramo', 'tramos')} con margen desigual: se tomó el de en medio.`,
  marker: (p) =>
    `Es un trazo de corte con ${of(p.count, 'contorno', 'contornos')}, no un patrón: sin nombres ni tallas.`,
  'unknown-entity': (p) => `${p.count} × ${p.what}: no se usa en patrones.`,
  'graded-by-rules': (p) => `${of(p.count, 'pieza graduada', 'piezas graduadas')} con la tabla de reglas.`,
  'rules-in-order': () => 'Los puntos no traen número de regla: se tomaron en orden. Revisa las tallas.',
  'rules-missing': (p) =>
    `${of(p.count, 'regla que la tabla no trae', 'reglas que la tabla no trae')}: esos puntos siguen a sus vecinos.`,
  'rules-unused': () => 'La tabla de reglas no es de este archivo: no se usó.',
  'internals-differ': (p) => `${of(p.count, 'línea interna', 'líneas internas')} que no están en todas las tallas.`,
  'scaled-copy': (p) => `${of(p.count, 'pieza colocada', 'piezas colocadas')} a otra escala: se leyeron como se ven.`,
  'other-texts': (p) => `${of(p.count, 'texto', 'textos')} que solo traen otras tallas: se guardaron.`,
}

const layers: Record<LayerMeans, string> = {
  outline: 'línea de corte',
  turn: 'esquinas',
  curve: 'puntos de curva',
  notch: 'piquetes',
  'grade-reference': 'referencia de graduación',
  mirror: 'línea de espejo',
  grain: 'hilo de la tela',
  internal: 'líneas internas',
  stripe: 'rayas',
  plaid: 'cuadros',
  'cut-out': 'calados',
  blank: 'en blanco',
  drill: 'perforaciones',
  sew: 'línea de costura',
  note: 'notas',
  text: 'textos',
  quality: 'curvas finas',
  none: 'sin significado',
}

const units: Record<UnitReason, string> = {
  answered: 'alguien lo dijo',
  'control-piece': 'por el cuadro de control',
  declared: 'lo dice el archivo',
  insunits: 'lo dice el encabezado',
  guessed: 'por el tamaño de las piezas',
  'true-size': 'el dibujo trae su tamaño',
}

/** Reading a pattern file: refusals, report and the two questions that no file answers. */
export const pattern = {
  refusals,
  notes,
  layers,
  units,
  questions: {
    size: (p: { piece: string; cm: string }) => `¿La pieza ${p.piece} mide ${p.cm}?`,
    allowance: (p: { pieces: string }) => `¿La línea ya incluye el margen de costura? (${p.pieces})`,
  },
  asking: {
    about: 'El archivo no lo dice. Contesta una vez y el patrón queda en la mesa.',
    unnamed: 'sin nombre',
    more: (p: { n: number }) => `${p.n} más`,
    measures: 'Cuánto mide',
    yesSize: (p: { size: string }) => `Sí, mide ${p.size}`,
    noSize: (p: { size: string }) => `No: mide ${p.size}`,
    otherSize: 'Otra medida',
    longSide: 'Lado más largo de la pieza',
    sizeWrong: 'Escribe cuánto mide la pieza en su lado más largo.',
    included: 'Margen de costura',
    isIncluded: 'Sí, es la línea de corte',
    isNotIncluded: 'No, es la línea de costura',
    unknown: 'No sé',
    unknownMeans: 'Queda sin margen conocido; se puede decir después en cada tramo.',
    width: 'Ancho del margen',
    widthHint: 'Si no lo sabes, déjalo vacío.',
    widthWrong: 'Escribe el ancho del margen, de 0 a 10 cm, o déjalo vacío.',
    send: 'Poner en la mesa',
  },
}
