import type { Level } from '../../../shared/pattern/operation.ts'
import type { InvitationListed } from '../../../shared/protocol/api.ts'
import { count } from '../count.ts'

const of = (n: number, one: string, many: string): string => count('es-MX', n, one, many)

export const group = {
  title: 'Grupo',
  lead: 'Quién está en la sala y en qué círculos se reúne.',
  yours: 'tu empresa',
  admin: 'administra',
  levels: {
    puntada: 'propone puntadas',
    corte: 'propone puntadas y cortes',
    diseno: 'propone puntadas, cortes y diseño',
  } satisfies Record<Level, string>,
  levelsHelp: 'Cada aprendiz propone cambios al trabajo de otras empresas hasta su nivel; comentar nunca tiene límite.',
  levelOf: (p: { name: string }) => `Nivel de ${p.name}`,
  levelSaved: 'Guardado',
  mentors: 'Empresas mentoras',
  trainees: 'Empresas aprendices',
  firms: 'Empresas',
  noFirms: 'Todavía no hay empresas.',
  noFirmsInvite: 'Invita a la primera: recibe un enlace que sirve una sola vez.',
  noFirmsWait: 'Llegan por invitación de quien facilita o de la asociación.',
  noPeople: 'Nadie de esta empresa ha entrado todavía.',
  inCircles: (p: { circles: string }) => `En ${p.circles}`,
  inNoCircle: 'Todavía en ningún círculo',
  peopleOf: (p: { firm: string }) => `Personas de ${p.firm}`,
  offices: 'Quienes cuidan la sala',
  officesHelp: 'No son de ninguna empresa y no ven diseños.',

  circles: 'Círculos',
  circlesHelp:
    'Un círculo reúne empresas por línea de producto. Una empresa abre sus mesas a un círculo, nunca a todo el grupo.',
  noCircles: 'Todavía no hay círculos.',
  noCirclesMake: 'Arma el primero: sin círculos nadie puede abrir su trabajo a otra empresa.',
  noCirclesWait: 'Los arma quien facilita. Mientras tanto cada empresa ve solo lo suyo.',
  yourCircle: 'tu círculo',
  circleEmpty: 'Sin empresas por ahora.',
  circleCount: (p: { n: number }) => of(p.n, 'empresa', 'empresas'),
  makeCircle: 'Nuevo círculo',
  makeCircleDo: 'Formar el círculo',
  editCircle: 'Cambiar',
  editCircleOf: (p: { name: string }) => `Cambiar el círculo ${p.name}`,
  circleName: 'Nombre del círculo',
  circleNameHint: 'Por línea de producto, por ejemplo: Mezclilla',
  circleNameTaken: 'Ya hay un círculo con ese nombre. Ponle otro para que no se confundan.',
  circleFirms: 'Empresas del círculo',
  circleNoFirms: 'Todavía no hay empresas que sumar. Puedes formarlo ahora y sumarlas después.',
  circleWarn: 'No formes círculos por zona ni por cliente: repartirse el mercado es ilegal.',
  circleLeaves: (p: { firms: string; n: number }) =>
    `${p.firms} ${p.n === 1 ? 'sale' : 'salen'} del círculo: al guardar ${
      p.n === 1 ? 'deja' : 'dejan'
    } de ver las mesas abiertas a él.`,
  circleSaved: (p: { name: string }) => `Círculo ${p.name} guardado.`,
  dropCircle: 'Quitar',
  dropCircleOf: (p: { name: string }) => `Quitar el círculo ${p.name}`,
  dropCircleMeans:
    'Las mesas abiertas a este círculo se cierran en este momento para quien las veía por él. Las empresas siguen en el grupo y su trabajo no se toca.',
  dropCircleDo: 'Quitar el círculo',
  circleDropped: (p: { name: string }) => `Se quitó el círculo ${p.name}.`,

  invitations: 'Invitaciones',
  noInvitations: 'No hay invitaciones.',
  noInvitationsHelp: 'Cada invitación es un enlace que sirve una sola vez y vence en la fecha que elijas.',
  invite: 'Invitar',
  inviteWhom: '¿A quién invitas?',
  inviteFirm: 'Una empresa',
  inviteColleague: 'Alguien de tu empresa',
  inviteOffice: 'Alguien que cuide la sala',
  inviteColleagueOf: (p: { firm: string }) => `Invitar a alguien de ${p.firm}`,
  inviteColleagueMeans: 'Verá lo mismo que ve tu empresa y hablará en su nombre.',
  firmName: 'Nombre de la empresa',
  firmNameHint: 'Quien use el enlace será la primera persona de la empresa y la administrará.',
  firmRole: 'Entra como',
  office: 'Entra a',
  until: 'Vence el',
  untilHint: (p: { when: string }) => `Sirve hasta el final del ${p.when}.`,
  untilBad: (p: { days: number }) => `Elige un día de hoy en adelante, dentro de ${p.days} días.`,
  makeLink: 'Crear el enlace',
  linkTitle: 'El enlace, una sola vez',
  linkLabel: 'Enlace de la invitación',
  linkHelp: (p: { when: string }) =>
    `Cópialo ahora y envíalo solo a quien invitas: no se vuelve a mostrar. Sirve una sola vez, hasta el ${p.when}.`,
  copy: 'Copiar enlace',
  copied: 'Enlace copiado',
  copyFailed: 'El navegador no dejó copiarlo. Quedó seleccionado: cópialo con el teclado o manteniéndolo oprimido.',
  linkUncopied: 'Todavía no lo copias. Si cierras, este enlace ya no se muestra y habrá que hacer otro.',
  linkDone: 'Listo',
  linkLeave: 'Cerrar sin copiar',

  isFor: {
    firm: (p: { name: string }) => p.name,
    colleague: (p: { name: string }) => `Alguien de ${p.name}`,
    office: (p: { name: string }) => `Alguien para ${p.name}`,
  } satisfies Record<InvitationListed['for'], (p: { name: string }) => string>,
  asFirm: (p: { role: string }) => `empresa ${p.role}`,
  state: { open: 'sin usar', used: 'usada', ended: 'vencida', withdrawn: 'retirada' } satisfies Record<
    InvitationListed['state'],
    string
  >,
  madeBy: (p: { who: string }) => `La hizo ${p.who}`,
  endsAt: (p: { when: string }) => `vence el ${p.when}`,
  endedAt: (p: { when: string }) => `venció el ${p.when}`,
  withdraw: 'Retirar',
  withdrawOf: (p: { name: string }) => `Retirar la invitación: ${p.name}`,
  withdrawTitle: 'Retirar la invitación',
  withdrawMeans: (p: { name: string }) =>
    `${p.name}: el enlace deja de servir en este momento. Si después hace falta, se hace otro.`,
  withdrawn: 'Invitación retirada.',

  totalsHelp: 'Cuentas de todo el grupo, sin nombres ni diseños.',
}
