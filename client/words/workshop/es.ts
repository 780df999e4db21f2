import type { Swatch } from '../../../shared/pattern/swatches.ts'
import { count } from '../count.ts'

/** The words of the group's workshop: the machines of its firms, and what stitches start with. Spanish is the source. */
export const es = {
  machines: {
    title: 'Máquinas',
    titleOf: (p: { firm: string }) => `Máquinas de ${p.firm}`,
    has: (p: { machines: string }) => `Cose con: ${p.machines}`,
    notSaid: 'Todavía no han dicho con qué máquinas cosen.',
    change: 'Decir con qué cosemos',
    means:
      'Las otras empresas lo ven, y quien propone una puntada recibe un aviso si no hay máquina para ella. No prohíbe nada.',
    none: 'Sin ninguna marcada no hay avisos.',
    saved: 'Máquinas guardadas.',
  },
  looks: {
    none: 'ninguna',
    swatches: {
      mezclilla: 'mezclilla',
      gabardina: 'gabardina',
      popelina: 'popelina',
      manta: 'manta',
      jersey: 'jersey',
      rib: 'rib o cárdigan',
      pique: 'piqué',
      felpa: 'felpa',
      encaje: 'encaje',
      cuero: 'cuero',
      cuadros: 'cuadros',
      rayas: 'rayas',
      boton: 'botón',
      broche: 'broche',
      cierre: 'cierre',
      resorte: 'resorte',
      ribete: 'ribete',
      etiqueta: 'etiqueta',
      remache: 'remache',
      ojillo: 'ojillo',
    } satisfies Record<Swatch, string>,
    trim: 'Avío',
    ownColour: 'Con otro color',
    tapPhoto: 'Toca el lugar de la hoja donde lo propones, o empieza por el centro.',
    begin: 'Empezar por el centro',
    corners: 'Esquinas de la zona, en % de la hoja',
    cornersHint: 'Arrástralas en la mesa o escríbelas: de izquierda a derecha y de abajo hacia arriba.',
    corner: (p: { n: number }) => `Esquina ${p.n}`,
    cornerX: (p: { n: number }) => `Esquina ${p.n}, de la izquierda`,
    cornerY: (p: { n: number }) => `Esquina ${p.n}, de abajo`,
    addCorner: 'Agregar esquina',
    dropCorner: (p: { n: number }) => `Quitar la esquina ${p.n}`,
    percent: 'Escribe un número de 0 a 100.',
    noSheet: 'En esta mesa todavía no hay nada sobre qué proponer.',
    whyHint: 'Por ejemplo: «Bolsa: con mezclilla más clara se lee mejor la costura».',
    sayWhy: 'Escribe por qué lo propones.',
    accepted: 'Queda aceptado, con el nombre de quien lo propuso. El patrón no cambia: un diseño no mueve líneas.',
    part: 'Cambia arriba la muestra, el color o la zona; se acepta con lo tuyo.',
    declined: 'La propuesta se cierra. Di el motivo.',
    at: (p: { sheet: string }) => `En ${p.sheet}`,
  },
  starts: {
    title: 'Con qué empieza cada puntada',
    means:
      'Margen, puntadas por pulgada y separación de agujas con que nace una propuesta de puntada. Se pueden cambiar en cada una.',
    mayChange: 'Los cambia para todo el grupo quien facilita o quien administra una empresa mentora.',
    open: 'Ver la tabla',
    stitch: 'Puntada',
    allowance: 'Margen',
    spi: 'ppp',
    gauge: 'Separación de agujas',
    act: 'Cambiar',
    oneNeedle: 'una aguja',
    change: (p: { stitch: string }) => `Cambiar con qué empieza la ${p.stitch}`,
    titleOf: (p: { stitch: string; name: string }) => `${p.stitch} ${p.name}`,
    ours: (p: { n: number }) =>
      p.n === 0
        ? 'Todas como vienen.'
        : `${count('es-MX', p.n, 'puntada cambiada', 'puntadas cambiadas')} por el grupo.`,
    own: 'del grupo',
    reset: 'Volver a como viene',
    asIs: (p: { allowance: string; spi: string; gauge: string }) =>
      `Viene con margen de ${p.allowance} y ${p.spi} ppp${p.gauge === '' ? '' : `, agujas a ${p.gauge}`}.`,
    saved: (p: { stitch: string }) => `La ${p.stitch} empieza así desde ahora.`,
    wholeSpi: (p: { min: string; max: string }) => `Escribe un número entero de ${p.min} a ${p.max}.`,
    range: (p: { min: string; max: string; unit: string }) => `Escribe un número de ${p.min} a ${p.max} ${p.unit}.`,
    least: (p: { min: string; max: string; unit: string }) =>
      `Escribe de ${p.min} a ${p.max} ${p.unit}: con menos margen la puntada no agarra.`,
  },
}
