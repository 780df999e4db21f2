import { count } from '../count.ts'
import type { es } from './es.ts'

export const en: typeof es = {
  machines: {
    title: 'Machines',
    titleOf: (p) => `Machines of ${p.firm}`,
    has: (p) => `Sews on: ${p.machines}`,
    notSaid: 'They have not said yet which machines they sew on.',
    change: 'Say what we sew on',
    means:
      'The other firms see it, and whoever proposes a stitch is told where there is no machine for it. It forbids nothing.',
    none: 'With none ticked nobody is warned.',
    saved: 'Machines saved.',
  },
  starts: {
    title: 'What each stitch starts with',
    means:
      'Allowance, stitches per inch and needle gauge that a stitch proposal begins with. Each one can change them.',
    mayChange: 'They are changed for the whole group by the facilitator or the administrator of a mentor firm.',
    open: 'Show the table',
    stitch: 'Stitch',
    allowance: 'Allowance',
    spi: 'spi',
    gauge: 'Needle gauge',
    act: 'Change',
    oneNeedle: 'one needle',
    change: (p) => `Change what ${p.stitch} starts with`,
    titleOf: (p) => `${p.stitch} ${p.name}`,
    ours: (p) =>
      p.n === 0 ? 'All of them as they come.' : `${count('en', p.n, 'stitch', 'stitches')} changed by the group.`,
    own: 'the group’s',
    reset: 'Back to how it comes',
    asIs: (p) =>
      `It comes with an allowance of ${p.allowance} and ${p.spi} spi${p.gauge === '' ? '' : `, needles ${p.gauge} apart`}.`,
    saved: (p) => `${p.stitch} starts like this from now on.`,
    wholeSpi: (p) => `Write a whole number from ${p.min} to ${p.max}.`,
    range: (p) => `Write a number from ${p.min} to ${p.max} ${p.unit}.`,
    least: (p) => `Write ${p.min} to ${p.max} ${p.unit}: with less allowance the stitch has nothing to hold.`,
  },
}
