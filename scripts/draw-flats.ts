/** The demo's garments as technical flats. Half a garment in millimetres: x = 0 is the centre, y = 0 the top of the shoulder. */
import { type Flat, type View, whole } from './draw-kit.ts'

const denim = { body: '#e3eaf1', shade: '#cfd9e4', deep: '#b9c6d4', thread: '#a8661c' }
const white = { body: '#fbfaf7', shade: '#eceae4', deep: '#dcd9d1', thread: '#5d6b7a' }
const navy = { body: '#dfe3ea', shade: '#ccd2dc', deep: '#b6bfcc', thread: '#44546a' }
const green = { body: '#e3ede6', shade: '#d0dfd5', deep: '#b9cec0', thread: '#3d6b51' }

// ── Chamarra ────────────────────────────────────────────────────────────────────────────────────────────────────────
const armhole = 'M215 42C196 108 204 196 250 240'
const jacketSleeve = 'M215 42C256 56 286 104 300 168L366 556L298 570L250 240C204 196 196 108 215 42Z'
const jacketCuff = 'M366 556L374 606L306 620L298 570Z'

const jacketBody = (view: View, back: boolean): void => {
  view.both('o', jacketSleeve, jacketCuff)
  view.both('f', 'M262 190C272 300 286 420 304 556L298 570L250 240Z')
  view.both('s', 'M298 570L366 556')
  view.both('d', 'M234 50C272 180 320 380 352 559')
  view.rows('M234 50C272 180 320 380 352 559', 4, 10)
  view.rows('M366 556L298 570', 4)
  view.rows('M374 606L306 620', 4)
  view.rows('M298 570L306 620', -5)
  if (back) view.both('d', 'M330 564L336 612')
  view.both('e', 'M292 232C280 250 270 256 256 262M300 300C290 312 280 318 268 322M318 470C306 474 300 478 288 480')
}

const chamarra: Flat = {
  file: 'chamarra',
  title: 'Chamarra de mezclilla',
  model: 'CH-204',
  cloth: 'mezclilla de 12 onzas, hilo de coser ocre',
  scale: 4,
  paint: denim,
  views: [
    {
      name: 'Delantero',
      x: 112,
      y: 68,
      draw: (v) => {
        jacketBody(v, false)
        // The inside of the back neck shows above the front.
        v.one('i', 'M-74 0C-40 -16 40 -16 74 0C50 46 24 82 0 94C-24 82 -50 46 -74 0Z')
        v.one('d', 'M-66 12C-36 0 36 0 66 12')
        v.one('p', 'M-24 10H24V26H-24Z')
        v.one('o', whole('M0 94C26 84 58 44 72 2L215 42C196 108 204 196 250 240L240 560L0 560'))
        v.both('f', 'M250 240L240 560L206 560C226 440 226 330 250 240Z')
        v.one('o', whole('M0 560L240 560L238 612L0 612'))
        // Yoke, then the two seams that run from the pockets to the waist: the trucker's V.
        v.both('s', 'M0 190L209 178', 'M64 192L84 560', 'M170 188L148 560')
        v.rows('M22 190L209 178', 4, 10)
        v.rows('M64 240L84 560', 4, 10)
        v.rows('M170 238L148 560', -4, -10)
        v.rows(armhole, 4, 10)
        // Chest pocket flap.
        v.both('p', 'M58 192L176 185L174 224L116 256L60 230Z')
        v.rows('M58 192L60 230L116 256L174 224L176 185', -5)
        v.both('d', 'M66 234L72 300L116 322L160 296L166 232')
        v.rows('M66 236L72 300L116 322L160 296L166 234', -5)
        v.button(116, 236, 7)
        v.button(-116, 236, 7)
        // Slanted hand pockets with a welt.
        v.both('p', 'M196 392L214 398L190 536L172 530Z')
        v.rows('M196 392L214 398L190 536L172 530Z', 4)
        v.tacks(205, 394, 18, 20)
        v.tacks(181, 534, 18, 20)
        // Front edge with its buttons; the wearer's left lies over the right.
        v.one('s', 'M24 84L24 612', 'M-24 84L-24 560')
        v.one('t', 'M18 88L18 608', 'M-18 88L-18 608')
        for (const y of [122, 212, 302, 392, 482]) v.button(0, y)
        v.button(0, 586)
        v.rows('M0 560L240 560', 4)
        v.rows('M0 612L238 612', -4)
        v.both('s', 'M176 560L175 612')
        v.button(206, 586, 7)
        v.button(-206, 586, 7)
        // Collar, a leaf on either side.
        v.both(
          'o',
          'M74 0C70 -20 40 -30 0 -30L0 -14C30 -14 50 -8 58 8C50 48 28 84 6 98L92 108L112 56C104 30 92 10 74 0Z',
        )
        v.rows('M6 98L92 108L112 56C104 30 92 10 78 -4', -6)
        v.note(1, 116, 256, 32, 26)
        v.note(2, 206, 398, 54, -12)
        v.note(3, -209, 178, -36, -22)
        v.note(4, -160, 586, -42, 6)
      },
    },
    {
      name: 'Espalda',
      x: 308,
      y: 68,
      draw: (v) => {
        jacketBody(v, true)
        v.one('o', whole('M0 14C34 12 60 8 74 0L215 42C196 108 204 196 250 240L240 560L0 560'))
        v.both('f', 'M250 240L240 560L206 560C226 440 226 330 250 240Z')
        v.one('o', whole('M0 560L240 560L238 612L0 612'))
        v.both('s', 'M0 176L206 164', 'M84 172L62 560')
        v.rows('M206 164L0 176', -4, -10)
        v.rows('M84 176L62 560', -4, -10)
        v.rows(armhole, 4, 10)
        v.rows('M0 560L240 560', 4)
        v.rows('M0 612L238 612', -4)
        v.both('p', 'M112 568L178 568L190 586L178 604L112 604Z')
        v.rows('M112 568L178 568L190 586L178 604L112 604Z', 4)
        v.button(170, 586, 7)
        v.button(-170, 586, 7)
        v.one('o', whole('M0 -34C40 -34 70 -22 82 0C60 20 30 26 0 26'))
        v.rowsOne('M82 0C60 20 30 26 0 26C-30 26 -60 20 -82 0', -6)
        v.one('d', 'M-12 6H12V20H-12Z')
        v.both('e', 'M30 210C28 300 22 400 16 520')
        v.note(5, 74, 350, 60, 16)
        v.note(6, 150, 604, 26, 14)
      },
    },
  ],
  notes: [
    'Cartera de bolsa: 2 pespuntes, botón metálico',
    'Bolsa de mano: presillas de refuerzo en las puntas',
    'Bata de frente: costura cargada, 2 agujas',
    'Pretina de 5 cm, trabilla de ajuste al costado',
    'Costadillo de espalda: costura cargada',
    'Ajuste de pretina con dos posiciones',
  ],
}

// ── Pantalón ────────────────────────────────────────────────────────────────────────────────────────────────────────
const outseam = 'M212 44C242 120 258 190 262 270C262 480 252 760 236 1016'
const legFront = whole(
  'M0 44L212 44C242 120 258 190 262 270C262 480 252 760 236 1016L92 1016C82 760 52 520 18 300L0 288',
)
const legBack = whole(
  'M0 48L214 44C248 120 268 200 270 280C266 480 254 760 240 1016L88 1016C76 760 44 530 14 318L0 306',
)

const pantalon: Flat = {
  file: 'pantalon',
  title: 'Pantalón cinco bolsas',
  model: 'PT-118',
  cloth: 'mezclilla de 12 onzas, hilo de coser ocre',
  scale: 5,
  paint: denim,
  views: [
    {
      name: 'Delantero',
      x: 120,
      y: 40,
      draw: (v) => {
        v.one('i', 'M-212 8C-120 -12 120 -12 212 8L212 44H-212Z')
        v.one('d', 'M-208 30C-120 10 120 10 208 30')
        v.one('o', legFront)
        v.both(
          'f',
          'M262 270C262 480 252 760 236 1016L206 1016C232 760 246 480 262 270Z',
          'M18 300C52 520 82 760 92 1016L112 1016C100 720 66 500 18 300Z',
        )
        // Waistband.
        v.one('o', 'M-212 8C-120 34 120 34 212 8L214 44C120 72 -120 72 -214 44Z')
        v.rowsOne('M-212 8C-120 34 120 34 212 8', 5)
        v.rowsOne('M214 44C120 72 -120 72 -214 44', 5)
        v.button(0, 46, 9)
        // Fly: J-stitch.
        v.one('s', 'M0 64L0 300')
        v.one('t', 'M44 62C46 150 46 200 34 236C26 258 12 268 2 274', 'M50 62C52 152 52 206 39 242C30 264 14 276 2 282')
        v.tack(22, 258, 50, 12)
        v.tack(0, 286, 0, 14)
        // Front pockets, watch pocket.
        v.both('f', 'M100 66C112 110 150 140 246 136L222 70L212 44Z')
        v.both('s', 'M98 66C108 120 150 148 250 146')
        v.rows('M98 66C108 120 150 148 250 146', 5, 11)
        v.one('s', 'M-146 80L-150 136M-196 70L-208 142')
        v.one('t', 'M-148 88C-168 86 -184 82 -198 78')
        v.tacks(98, 70, 80, 14)
        v.tacks(248, 146, 80, 14)
        v.rows('M20 300C54 520 84 760 94 1010', -5, -11)
        v.rows(outseam.replace('M212 44C242 120 258 190 262 270', 'M250 150C258 190 262 230 262 270'), 6)
        v.both('s', 'M92 990L238 990')
        v.rows('M92 990L238 990', -4)
        for (const x of [96, 172]) v.both('p', `M${x - 6} 16L${x + 6} 14L${x + 7} 68L${x - 5} 70Z`)
        v.tacks(96, 70, 0, 12)
        v.tacks(172, 60, 0, 12)
        v.both('e', 'M40 320C80 316 110 300 150 310M44 350C80 350 120 340 160 350M96 660C130 668 160 664 190 656')
        v.one('s', 'M0 288L0 300')
        v.note(1, 250, 146, 24, -10)
        v.note(2, 20, 262, -38, 18)
        v.note(3, -96, 66, -36, -14)
        v.note(4, 62, 620, -5, -28)
      },
    },
    {
      name: 'Espalda',
      x: 300,
      y: 40,
      draw: (v) => {
        v.one('o', legBack)
        v.both(
          'f',
          'M270 280C266 480 254 760 240 1016L210 1016C236 760 252 480 270 280Z',
          'M14 318C44 530 76 760 88 1016L108 1016C96 720 60 500 14 318Z',
        )
        v.one('o', 'M-214 6C-120 -8 120 -8 214 6L216 44C120 30 -120 30 -216 44Z')
        v.rowsOne('M-214 6C-120 -8 120 -8 214 6', 5)
        v.rowsOne('M216 44C120 30 -120 30 -216 44', 5)
        v.one('s', 'M0 33L0 306')
        v.rowsOne('M0 34L0 306', 5, 11)
        v.both('s', 'M0 128C80 120 160 104 238 92')
        v.rows('M0 128C80 120 160 104 238 92', -5, -11)
        // Back pockets with their arcs.
        v.both('p', 'M72 160L204 144L214 266L150 304L82 278Z')
        v.rows('M72 160L204 144', 14)
        v.rows('M204 144L214 266L150 304L82 278L72 160', 5, 11)
        v.both('t', 'M80 232L102 212L124 236L146 212L168 236L190 212L211 228')
        v.tacks(75, 163, -8, 14)
        v.tacks(201, 148, -8, 14)
        v.rows('M16 318C46 530 78 760 90 1010', -5, -11)
        v.both('s', 'M88 990L241 990')
        v.rows('M88 990L241 990', -4)
        v.one('p', 'M-7 -4L7 -4L7 50L-7 50Z')
        v.tack(0, 50, 0, 14)
        v.both('p', 'M160 0L172 2L174 56L162 54Z')
        v.tacks(168, 56, 0, 12)
        v.one('p', 'M96 4L168 10L166 34L94 28Z')
        v.both('e', 'M44 340C84 330 120 336 160 326M40 368C80 362 120 366 150 360M96 680C130 690 170 686 200 676')
        v.note(5, 204, 146, 24, -8)
        v.note(6, -120, 110, -38, -8)
        v.note(7, 165, 990, 36, -6)
        v.note(8, 210, 214, 22, 12)
      },
    },
  ],
  notes: [
    'Bolsa delantera: 2 pespuntes a 1.5 y 7 mm',
    'Bragueta: doble pespunte y 2 presillas de refuerzo',
    'Trabilla (presilla) de 1.2 cm, 5 piezas',
    'Entrepierna cargada, cadeneta 401',
    'Bolsa trasera: presilla de refuerzo en esquinas',
    'Bata trasera cargada, 3 agujas',
    'Bastilla de 1.5 cm en cadeneta',
    'Adorno de bolsa: un pespunte en zigzag',
  ],
}

// ── Camisa escolar ──────────────────────────────────────────────────────────────────────────────────────────────────
const shirtArm = 'M206 48C184 110 188 190 232 232'
const shirtSleeve = 'M206 48C238 60 262 86 274 122L342 268L262 306L232 232C188 190 184 110 206 48Z'

const camisa: Flat = {
  file: 'camisa-escolar',
  title: 'Camisa escolar manga corta',
  model: 'UE-16',
  cloth: 'popelina blanca 65/35, hilo de coser al tono',
  scale: 4,
  paint: white,
  views: [
    {
      name: 'Delantero',
      x: 112,
      y: 62,
      draw: (v) => {
        v.both('o', shirtSleeve)
        v.both('f', 'M250 168C258 214 266 262 276 298L262 306L232 232Z')
        v.rows('M342 268L262 306', 9)
        v.one('i', 'M-64 0C-36 -12 36 -12 64 0C46 36 22 58 0 66C-22 58 -46 36 -64 0Z')
        v.one('p', 'M-20 6H20V20H-20Z')
        v.one('o', whole('M0 68C24 60 50 34 62 2L206 48C184 110 188 190 232 232C222 320 220 400 228 640L0 640'))
        v.both('f', 'M232 232C222 320 220 400 228 640L204 640C206 480 208 340 232 232Z')
        v.both('s', 'M58 22C110 36 160 50 199 64')
        v.rows('M58 22C110 36 160 50 199 64', 4)
        v.rows(shirtArm, 6)
        v.rows('M0 640L228 640', -7)
        // Placket.
        v.one('s', 'M18 66L18 640', 'M-18 66L-18 640')
        v.one('t', 'M13 68L13 640', 'M-13 68L-13 640')
        for (const y of [150, 240, 330, 420, 510]) v.button(0, y, 6.5)
        // Pocket with crest outline, on the wearer's left.
        v.one('p', 'M76 176L176 176L176 276L126 296L76 276Z')
        v.rowsOne('M76 176L176 176', 22)
        v.rowsOne('M176 176L176 276L126 296L76 276L76 176', 4)
        v.one('e', 'M112 214H140V236C140 246 132 252 126 256C120 252 112 246 112 236Z')
        // Collar on its stand.
        v.both('o', 'M62 2C58 -18 34 -28 0 -28L0 -14C26 -14 44 -8 50 6C42 36 24 58 4 68L60 112L92 60C88 34 78 12 62 2Z')
        v.rows('M4 68L60 112L92 60C88 34 78 12 66 0', -5)
        v.button(0, 76, 6)
        v.both('e', 'M214 300C196 330 186 340 172 346M216 420C200 440 190 446 176 450M40 560C44 590 44 610 42 634')
        v.note(1, 92, 60, 26, -16)
        v.note(2, 176, 226, 34, 22)
        v.note(3, -300, 286, -6, 24)
        v.note(4, -13, 460, -62, 14)
      },
    },
    {
      name: 'Espalda',
      x: 308,
      y: 62,
      draw: (v) => {
        v.both('o', shirtSleeve)
        v.both('f', 'M250 168C258 214 266 262 276 298L262 306L232 232Z')
        v.rows('M342 268L262 306', 9)
        v.one('o', whole('M0 12C30 10 52 6 64 0L206 48C184 110 188 190 232 232C222 320 220 400 228 640L0 640'))
        v.both('f', 'M232 232C222 320 220 400 228 640L204 640C206 480 208 340 232 232Z')
        v.both('s', 'M0 128L190 124')
        v.rows('M190 124L0 128', 4)
        v.rows(shirtArm, 6)
        v.rows('M0 640L228 640', -7)
        // Box pleat under the yoke.
        v.both('s', 'M22 128L22 330')
        v.one('e', 'M0 128L0 360', 'M22 330C22 400 24 520 24 636', 'M-22 330C-22 400 -24 520 -24 636')
        v.one('f', 'M-20 130L0 130L0 330L-20 330Z')
        v.tacks(22, 150, 0, 10)
        v.one('p', 'M-6 122L6 122L6 142L-6 142Z')
        v.one('o', whole('M0 -32C36 -32 60 -20 70 2C50 18 26 24 0 24'))
        v.rowsOne('M70 2C50 18 26 24 0 24C-26 24 -50 18 -70 2', -5)
        v.both('e', 'M214 300C196 330 186 340 172 346M216 420C200 440 190 446 176 450')
        v.note(5, 120, 126, 44, -24)
        v.note(6, 22, 230, 62, 30)
        v.note(7, -140, 633, -36, -4)
      },
    },
  ],
  notes: [
    'Cuello con pie, pespunte a 5 mm',
    'Bolsa de 11 × 12 cm, escudo bordado',
    'Bastilla de manga 2 cm',
    'Aletilla de 3.5 cm, 6 botones',
    'Bata de espalda doble',
    'Tabla encontrada de 4 cm al centro',
    'Bastilla recta de 1.5 cm',
  ],
}

// ── Falda tableada ──────────────────────────────────────────────────────────────────────────────────────────────────
const pleats = [-3, -2, -1, 0, 1, 2, 3]
const skirtView =
  (back: boolean) =>
  (v: View): void => {
    v.one('o', 'M-176 36C-214 180 -268 400 -296 556C-200 584 200 584 296 556C268 400 214 180 176 36Z')
    for (const i of pleats) {
      const top = i * 50
      const low = i * 84
      // Each box pleat shows a face, and a darker valley on either side of it.
      const bottom = (x: number): number => 577 - (x / 296) ** 2 * 20
      if (i < 3)
        v.one('f', `M${top + 20} 36L${low + 30} ${bottom(low + 30)}L${low + 50} ${bottom(low + 50)}L${top + 26} 36Z`)
      if (i < 3) v.one('s', `M${top + 20} 36C${top + 22} 200 ${low + 24} 400 ${low + 30} ${bottom(low + 30)}`)
      if (i > -3) v.one('s', `M${top - 20} 36C${top - 22} 200 ${low - 24} 400 ${low - 30} ${bottom(low - 30)}`)
      v.one('t', `M${top + 15} 38L${top * 1.13 + 17} 150`, `M${top - 15} 38L${top * 1.13 - 17} 150`)
      v.tack(top * 1.13 + 17, 151, 0, 9)
      v.tack(top * 1.13 - 17, 151, 0, 9)
    }
    v.one('t', 'M-290 536C-200 564 200 564 290 536')
    v.one('o', 'M-174 0C-90 14 90 14 174 0L178 38C90 54 -90 54 -178 38Z')
    v.rowsOne('M-174 0C-90 14 90 14 174 0', 4)
    v.rowsOne('M178 38C90 54 -90 54 -178 38', 4)
    if (back) {
      v.one('s', 'M150 5L156 150')
      v.one('t', 'M158 44L166 160C160 166 154 164 150 160L140 46')
      v.button(163, 24, 6)
    } else v.one('e', 'M-120 18C-60 28 60 28 120 18')
  }

const falda: Flat = {
  file: 'falda-tableada',
  title: 'Falda tableada de secundaria',
  model: 'UE-22',
  cloth: 'tela escolar a cuadros 65/35, resorte en pretina trasera',
  scale: 3.2,
  paint: navy,
  views: [
    {
      name: 'Delantero',
      x: 112,
      y: 52,
      draw: (v) => {
        skirtView(false)(v)
        v.note(1, 67, 151, 30, -24)
        v.note(2, -180, 562, -22, 9)
        v.note(3, -120, 30, -36, -8)
      },
    },
    {
      name: 'Espalda',
      x: 308,
      y: 52,
      draw: (v) => {
        skirtView(true)(v)
        v.note(4, 156, 120, 34, -6)
        v.note(5, -60, 300, -66, 2)
      },
    },
  ],
  notes: [
    'Tabla cosida 11 cm, presilla de refuerzo',
    'Bastilla invisible de 5 cm (para bajar)',
    'Pretina de 3.5 cm con entretela',
    'Cierre de 14 cm y botón',
    'Tablas planchadas antes de pretinar',
  ],
}

// ── Polo deportiva ──────────────────────────────────────────────────────────────────────────────────────────────────
const poloArm = 'M222 56C196 116 200 196 248 246'
const poloSleeve = 'M222 56C254 66 280 96 292 134L356 268L278 306L248 246C200 196 196 116 222 56Z'

const polo: Flat = {
  file: 'polo-deportiva',
  title: 'Playera polo deportiva',
  model: 'UE-31',
  cloth: 'piqué de punto, panel lateral de malla, cuello tejido',
  scale: 4,
  paint: green,
  views: [
    {
      name: 'Delantero',
      x: 112,
      y: 62,
      draw: (v) => {
        v.both('o', poloSleeve)
        v.both('f', 'M264 176C272 220 282 264 292 299L278 306L248 246Z')
        v.both('s', 'M350 255L272 294')
        v.one('i', 'M-70 0C-40 -14 40 -14 70 0C50 34 24 54 0 60C-24 54 -50 34 -70 0Z')
        v.one('t', 'M-60 10C-30 0 30 0 60 10')
        v.one('o', whole('M0 62C24 56 54 30 68 2L222 56C196 116 200 196 248 246L244 660L0 660'))
        // Mesh side panel.
        v.both('p', 'M248 246L244 660L196 660C204 520 196 380 214 214C224 228 236 240 248 246Z')
        for (let y = 270; y < 650; y += 22)
          v.both('e', `M206 ${y}h4M220 ${y + 8}h4M234 ${y}h4M212 ${y + 14}h4M228 ${y + 16}h4`)
        v.rows('M214 214C196 380 204 520 196 660', -4)
        v.rows(poloArm, 5)
        v.rows('M0 660L244 660', -16, -22)
        // Placket with three buttons; a box of stitches closes it.
        v.one('p', 'M-20 56L20 56L20 214L-20 214Z')
        v.one('t', 'M15 60L15 209H-15L-15 60', 'M-15 198H15')
        for (const y of [92, 136, 180]) v.button(0, y, 6.5)
        // Knitted collar with its stripes.
        v.both(
          'o',
          'M68 2C64 -20 36 -30 0 -30L0 -16C28 -16 48 -8 56 8C48 36 28 56 6 66L70 112L104 62C98 36 86 12 68 2Z',
        )
        v.both('s', 'M14 72L76 104L98 62C92 42 82 22 66 10')
        v.both('d', 'M22 78L78 107', 'M99 69C94 48 86 28 70 14')
        v.both('e', 'M190 320C170 340 150 346 130 348M192 450C170 466 156 470 140 470')
        v.one('e', 'M110 190C110 170 140 170 140 190C140 210 126 220 125 222C124 220 110 210 110 190Z')
        v.note(1, 104, 62, 24, -18)
        v.note(2, 15, 204, 72, -2)
        v.note(3, -222, 440, -40, -6)
        v.note(4, -120, 644, -46, 6)
      },
    },
    {
      name: 'Espalda',
      x: 308,
      y: 62,
      draw: (v) => {
        v.both('o', poloSleeve)
        v.both('f', 'M264 176C272 220 282 264 292 299L278 306L248 246Z')
        v.both('s', 'M350 255L272 294')
        v.one('o', whole('M0 14C34 12 58 8 70 0L222 56C196 116 200 196 248 246L244 684L0 684'))
        v.both('p', 'M248 246L244 684L196 684C204 520 196 380 214 214C224 228 236 240 248 246Z')
        for (let y = 270; y < 672; y += 22)
          v.both('e', `M206 ${y}h4M220 ${y + 8}h4M234 ${y}h4M212 ${y + 14}h4M228 ${y + 16}h4`)
        v.rows('M214 214C196 380 204 520 196 684', -4)
        v.rows(poloArm, 5)
        v.rows('M0 684L244 684', -16, -22)
        v.one('s', 'M-204 120C-100 136 100 136 204 120')
        v.rowsOne('M-204 120C-100 136 100 136 204 120', 4)
        v.one('o', whole('M0 -34C38 -34 64 -20 76 2C54 18 28 24 0 24'))
        v.one('d', 'M-70 8C-46 18 -24 20 0 20C24 20 46 18 70 8', 'M-64 4C-42 12 -22 15 0 15C22 15 42 12 64 4')
        v.both('e', 'M190 320C170 340 150 346 130 348M192 450C170 466 156 470 140 470')
        v.note(5, 120, 131, 46, -26)
        v.note(6, 230, 246, 26, 14)
        v.note(7, 120, 668, 44, -2)
      },
    },
  ],
  notes: [
    'Cuello tejido, unión con cinta de cuello',
    'Aletilla de 3 cm, 3 botones, caja pespunteada',
    'Panel lateral de malla, over de 4 hilos',
    'Bastilla en collareta, 6 mm entre agujas',
    'Bata de espalda, refuerzo de hombro a hombro',
    'Sisa: pespunte en collareta',
    'Espalda 2 cm más larga',
  ],
}

// ── Overol ──────────────────────────────────────────────────────────────────────────────────────────────────────────
const overallLeg = 'L214 520C246 600 262 690 264 780C262 980 254 1200 240 1420L96 1420C86 1200 54 980 18 800L0 790'

const overol: Flat = {
  file: 'overol',
  title: 'Overol de pechera',
  model: 'OV-009',
  cloth: 'mezclilla de 14 onzas, hilo de coser ocre',
  scale: 7,
  paint: denim,
  views: [
    {
      name: 'Delantero',
      x: 120,
      y: 42,
      draw: (v) => {
        v.both('o', 'M84 196C74 120 84 60 120 -10L152 2C122 66 110 130 118 200Z')
        v.both('t', 'M92 190C84 120 94 66 127 -4', 'M110 190C104 126 116 66 146 4')
        v.one('o', whole(`M0 190L136 190C140 300 160 400 212 470${overallLeg}`))
        v.both('f', 'M264 780C262 980 254 1200 240 1420L206 1420C234 1200 248 980 264 780Z')
        v.rows('M136 190C140 300 160 400 212 470', 6, 14)
        v.rows('M0 190L136 190', 10, 18)
        // Bib pocket, with a place for the pencil.
        v.one('p', 'M-92 250L92 250L92 370L0 404L-92 370Z')
        v.rowsOne('M92 250L92 370L0 404L-92 370L-92 250', 6, 14)
        v.rowsOne('M-92 250L92 250', 14)
        v.one('s', 'M52 250L52 386')
        v.rowsOne('M52 252L52 384', 6)
        v.tack(-92, 253, 0, 18)
        v.tack(92, 253, 0, 18)
        v.tack(52, 253, 0, 14)
        v.both('p', 'M84 186L122 186L126 236L80 236Z')
        v.button(102, 214, 10)
        v.button(-102, 214, 10)
        v.one('s', 'M-212 470C-120 492 120 492 212 470', 'M-214 518C-120 540 120 540 214 518')
        v.rowsOne('M-212 470C-120 492 120 492 212 470', 6)
        v.rowsOne('M214 518C120 540 -120 540 -214 518', 6)
        v.one('s', 'M0 534L0 790')
        v.rowsOne('M0 536L0 650', -44, -52)
        v.both('s', 'M112 532C126 600 160 630 250 632')
        v.rows('M112 532C126 600 160 630 250 632', 7, 15)
        v.tacks(114, 540, 80, 18)
        v.tacks(250, 632, 80, 18)
        v.button(196, 494, 9)
        v.button(-196, 494, 9)
        v.rows('M20 800C56 980 88 1200 98 1412', -6, -14)
        v.both('s', 'M96 1388L242 1388')
        v.rows('M96 1388L242 1388', -5)
        v.both('p', 'M92 880L222 872L226 1040L104 1048Z')
        v.rows('M92 880L222 872L226 1040L104 1048Z', 6)
        v.note(1, 70, 380, 46, 6)
        v.note(2, -102, 214, -40, -10)
        v.note(3, -196, 494, -30, 6)
        v.note(4, 224, 950, 32, 10)
      },
    },
    {
      name: 'Espalda',
      x: 300,
      y: 42,
      draw: (v) => {
        v.both('o', 'M152 2C122 40 70 110 6 260L38 280C90 150 150 70 176 20C172 10 164 4 152 2Z')
        v.both('t', 'M150 14C124 48 80 118 20 262', 'M164 22C136 60 90 140 34 268')
        v.one('o', whole(`M0 250L70 250C110 340 160 420 212 470${overallLeg}`))
        v.both('f', 'M264 780C262 980 254 1200 240 1420L206 1420C234 1200 248 980 264 780Z')
        v.rows('M70 250C110 340 160 420 212 470', 6, 14)
        v.one('t', 'M-44 256L44 256L0 340Z')
        v.one('s', 'M-212 470C-120 492 120 492 212 470', 'M-214 518C-120 540 120 540 214 518', 'M0 534L0 790')
        v.rowsOne('M-212 470C-120 492 120 492 212 470', 6)
        v.rowsOne('M214 518C120 540 -120 540 -214 518', 6)
        v.rowsOne('M0 536L0 790', 6, 14)
        v.both('p', 'M70 590L204 576L214 720L146 756L80 730Z')
        v.rows('M204 576L214 720L146 756L80 730L70 590', 6, 14)
        v.rows('M70 590L204 576', 16)
        v.tacks(74, 593, -6, 18)
        v.tacks(202, 580, -6, 18)
        v.one('p', 'M-262 800L-240 800L-250 940L-268 940Z')
        v.rows('M20 800C56 980 88 1200 98 1412', -6, -14)
        v.both('s', 'M96 1388L242 1388')
        v.rows('M96 1388L242 1388', -5)
        v.note(5, 0, 300, 52, -6)
        v.note(6, -256, 880, -28, 10)
      },
    },
  ],
  notes: [
    'Bolsa de pechera con división para lápiz',
    'Broche de pechera sobre refuerzo doble',
    'Costado abierto, 2 botones',
    'Rodillera doble',
    'Refuerzo en V donde cruzan los tirantes',
    'Trabilla (presilla) para martillo',
  ],
}

export const flats: readonly Flat[] = [chamarra, pantalon, camisa, falda, polo, overol]
