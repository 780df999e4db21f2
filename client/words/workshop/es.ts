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
