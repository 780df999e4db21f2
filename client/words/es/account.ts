import { count } from '../count.ts'

export const account = {
  title: 'Mi cuenta',
  who: 'Quién eres aquí',
  name: 'Nombre',
  firm: 'Empresa',
  noFirm: 'De ninguna empresa',
  role: 'Lugar en la sala',
  group: 'Grupo',
  admin: 'Administras tu empresa: puedes invitar a tus colegas.',

  works: 'Cómo trabajas',
  deviceOnly: 'Se recuerda solo en este aparato.',
  language: 'Idioma',
  languages: { es: 'Español (México)', en: 'English' },
  unit: 'Medidas',
  cm: 'centímetros',
  inch: 'pulgadas',
  shortcuts: 'Atajos de una tecla',
  shortcutsHelp: 'En la mesa, una letra toma una herramienta. Apágalos si dictas por voz o se te van las teclas.',

  password: 'Cambiar contraseña',
  passwordMeans: 'Al cambiarla se cierra tu cuenta en los demás aparatos.',
  passwordSame: 'Es la misma que la actual. Escribe una nueva.',
  passwordDo: 'Cambiar la contraseña',
  passwordDone: 'Contraseña cambiada. Las demás sesiones se cerraron.',
  demoPassword: 'En la demostración nadie tiene contraseña, así que aquí no hay nada que cambiar.',

  sessions: 'Dónde tienes abierta tu cuenta',
  sessionsHelp: 'Si no reconoces alguna, ciérrala y cambia tu contraseña.',
  thisSession: 'este aparato',
  sessionTimes: (p: { made: string; seen: string }) => `Abierta ${p.made} · usada ${p.seen}`,
  unknownDevice: 'Aparato sin nombre',
  endSession: 'Cerrar',
  endSessionOf: (p: { device: string; when: string }) => `Cerrar la sesión en ${p.device}, usada ${p.when}`,
  sessionEnded: 'Sesión cerrada.',
  onlyThis: 'Tu cuenta solo está abierta aquí.',
  endOthers: 'Cerrar las demás',
  endOthersTitle: 'Cerrar las demás sesiones',
  endOthersMeans: (p: { n: number }) =>
    `${count('es-MX', p.n, 'aparato tendrá', 'aparatos tendrán')} que entrar de nuevo. En este sigues adentro.`,
  othersEnded: 'Las demás sesiones se cerraron.',

  signOut: 'Salir',
  signOutTitle: 'Salir de este aparato',
  signOutMeans: 'Nunca se guardan aquí imágenes de diseño. Al salir se borra lo demás, también los borradores.',
}
