import type { Code } from '../../../shared/protocol/codes.ts'
import type { SyncRefusal } from '../../../shared/protocol/refusals.ts'
import type { ComplexKind, MediaRefusals, ReadableKind } from '../../../shared/protocol/report.ts'

/** Values that a refusal came with, already as text: sizes with their unit, dates as read aloud. */
export type Params = Readonly<Record<string, string>>
/** What the page itself finds out: no answer, none of ours, and why a draft was kept. */
type OwnCode = 'network' | 'unreadable' | 'ended' | 'unsent'
/** Everything that can be refused anywhere: over HTTP, on the live channel, in a document, in the page. */
export type AnyCode = Code | SyncRefusal | OwnCode

/** One sentence each: what happened, where the work is, what to do. */
const say: Record<AnyCode, string | ((p: Params) => string)> = {
  // HTTP and live commands
  'bad-request': 'El servidor no entendió lo enviado. Revisa los campos y vuelve a intentar.',
  'unknown-command': 'Esta página es de otra versión. Vuelve a cargarla.',
  'signed-out': 'Tu sesión terminó. Entra de nuevo; lo que escribiste sigue aquí.',
  'wrong-sign-in': 'Ese correo y esa contraseña no van juntos. Revisa los dos.',
  'wrong-password': 'La contraseña actual no es esa. Revísala y vuelve a intentar.',
  'foreign-origin': 'La petición vino de otra página y no se atendió. Abre la sala en su propia dirección.',
  'foreign-host': 'Este servidor no atiende con ese nombre. Revisa la dirección.',
  'already-begun': 'La sala ya estaba abierta. Entra con tu cuenta.',
  'email-taken': 'Ya hay una cuenta con ese correo. Entra con ella o usa otro.',
  'password-common': 'Esa contraseña es fácil de adivinar. Prueba con una frase corta que solo tú digas.',
  'invitation-unknown': 'No existe una invitación con ese enlace. Revisa que lo copiaste completo.',
  'invitation-used': 'El enlace sirve una sola vez y alguien ya entró con él. Pide otro a quien te invitó.',
  'invitation-ended': (p) => `${p.until ? `Venció el ${p.until}. ` : 'Ya venció. '}Pide otra a quien te invitó.`,
  'invitation-withdrawn': 'Quien te invitó retiró el enlace. Pregúntale antes de pedir otro.',
  'bad-until': (p) => `La fecha ya pasó o queda muy lejos. Elige una dentro de ${p.most ?? 'unos'} días.`,
  'too-many-collections': (p) =>
    `Tu empresa ya tiene las ${p.most ?? ''} colecciones que caben. Pon la mesa en una que ya tengas.`,
  'too-many-boards': (p) =>
    `Tu empresa ya tiene las ${p.most ?? ''} mesas que caben. Sube lo nuevo a una que ya tengas.`,
  'too-many-sheets': 'La mesa ya tiene todas las hojas que caben. Haz otra mesa para las demás.',
  'quota-bytes': (p) =>
    `Tu empresa ya ocupa todo su espacio${p.most ? ` (${p.most})` : ''}. Borra o pide más a quien facilita.`,
  'quota-uploads': (p) => `Hoy ya se subieron ${p.most ?? 'todos los'} archivos. Mañana se puede seguir.`,
  'too-many-tries': (p) => `Van muchos intentos. Espera ${p.seconds ?? 'unos'} segundos y prueba otra vez.`,
  rate: 'Van muchas cosas muy rápido. Espera un momento; lo escrito sigue aquí.',
  interrupted: 'El servidor se reinició a media conversión. Sube el archivo otra vez.',
  answered: 'Eso ya se contestó. Míralo en Hojas.',
  changed: 'La propuesta cambió mientras decidías. Mírala otra vez y decide.',
  'not-applied':
    'El cambio no se puede hacer en el patrón como está ahora. No se movió nada: pide otro, o acepta con otros números.',
  'not-told':
    'El patrón cambió mientras lo anotabas y algo ya no cabe en él. No se guardó nada: revísalo y guarda otra vez.',
  'not-here': 'Todavía no estás en la mesa: espera a que conecte e inténtalo otra vez.',
  'disk-full':
    'El servidor se quedó sin espacio: no se guardó, y no quedó nada a medias. Se puede seguir leyendo. Avisa a quien lo opera.',
  failed: 'El servidor falló al hacerlo. No se guardó nada a medias; inténtalo otra vez.',
  starting: 'El servidor apenas arranca. En unos segundos estará listo.',
  stopping: 'El servidor se está reiniciando. Tu trabajo espera y se enviará al volver.',

  // The page's own
  network: 'No se pudo hablar con el servidor. Revisa tu conexión; lo que escribiste sigue aquí.',
  unreadable: 'Contestó algo que no es la sala. Revisa la dirección o tu red e inténtalo otra vez.',
  ended: 'La mesa se cerró antes de poder enviarlo.',
  unsent: 'La ventana se cerró antes de poder enviarlo. Revísalo y envíalo.',

  // Reasons of the rules
  'not-found': 'No existe, o no está abierto para ti. Revisa el enlace o pregúntale a la empresa dueña.',
  'not-office': 'Eso lo hace quien cuida la sala. Pídeselo.',
  'not-your-firm': 'Eso solo lo decide la empresa dueña.',
  'not-admin': 'Eso lo hace quien administra tu empresa.',
  'not-mentor-admin': 'Eso lo hace quien facilita el grupo o quien administra una empresa mentora.',
  'not-author': 'Solo quien lo escribió puede cambiarlo. Puedes responderle.',
  'others-replied': 'Ya te respondieron: la marca no se borra para no perder lo que otros dijeron. Puedes resolverla.',
  level:
    'Tu nivel todavía no llega a ese tipo de propuesta en el trabajo de otra empresa. Dilo como comentario, o propón algo de tu nivel.',
  decided: 'La empresa dueña ya decidió esta propuesta y queda como está. Puedes responder, o hacer otra.',
  'foreign-swatch':
    'La foto de esa muestra no es de tu empresa, o ya no está en la mesa. Toma otra y propónla de nuevo.',
  'not-owner-or-author': 'La resuelve quien la escribió o la empresa dueña de la mesa.',

  // Files
  'too-large': (p) =>
    `Es demasiado grande${p.most ? `: se aceptan hasta ${p.most}` : ''}. Guarda una versión más ligera y súbela.`,
  'unknown-kind': (p) =>
    `${p.found ?? 'No es un archivo que sepamos leer.'} Se aceptan JPEG, PNG, WebP, PDF, SVG y patrones en DXF.`,
  'not-a-photo': (p) =>
    `${p.found ?? 'No es un archivo que sepamos leer.'} Para una muestra se necesita una foto: JPEG, PNG o WebP.`,
  'no-pattern': (p) => p.why ?? 'No se pudo leer como patrón. Expórtalo como DXF (AAMA o ASTM) y súbelo otra vez.',
  unanswered: 'Espera tu respuesta: contesta lo que pregunta y se acomoda en la mesa.',
  broken: (p) =>
    `Dice ser ${p.kind ?? 'un archivo'}, pero no se pudo leer hasta el final. Ábrelo en tu equipo, guárdalo de nuevo y súbelo.`,
  encrypted: 'Está cerrado con contraseña. Guárdalo sin contraseña y súbelo.',
  empty: 'No trae nada que dibujar. Revisa que sea el archivo correcto.',
  'too-many-pixels': (p) =>
    `Mide ${p.width} × ${p.height} pixeles y en total caben ${p.most}. Guárdalo más chico y súbelo.`,
  'too-many-pages': (p) => `Tiene ${p.pages} páginas y caben ${p.most}. Divídelo y súbelo por partes.`,
  'too-complex': (p) =>
    `Trae ${p.what ?? 'más dibujo'} de lo que tiene una hoja de verdad. Simplifícalo o expórtalo como PDF.`,
  'took-too-long': (p) => `Tardó más de ${p.seconds} segundos y se detuvo. Divídelo o simplifícalo.`,
  'too-much-memory': (p) => `Pidió más de ${p.megabytes} MB de memoria y se detuvo. Guárdalo más chico.`,
  cancelled: 'Se canceló. No quedó nada del archivo.',
  'converter-failed': 'Falló quien lo convierte; puede que el archivo esté bien. Inténtalo otra vez.',

  // The document channel: an honest client does not meet the next ones, so they say where the work is
  'not-an-update': 'El cambio llegó dañado y no se aceptó. Está en tus borradores.',
  'trailing-bytes': 'El cambio llegó dañado y no se aceptó. Está en tus borradores.',
  'many-clients': 'El cambio no se aceptó. Está en tus borradores: revísalo y envíalo otra vez.',
  'forged-client': 'El cambio no venía de tu cuenta y no se aceptó. Está en tus borradores.',
  gap: 'Faltó una parte del cambio en el camino. Está en tus borradores: envíalo otra vez.',
  overlap: 'Ese cambio ya había llegado en parte. Está en tus borradores: revisa si hace falta.',
  'missing-origin': 'El cambio se apoyaba en algo que ya no está. Está en tus borradores.',
  'forward-reference': 'El cambio llegó dañado y no se aceptó. Está en tus borradores.',
  'right-origin': 'El cambio llegó dañado y no se aceptó. Está en tus borradores.',
  skip: 'El cambio llegó dañado y no se aceptó. Está en tus borradores.',
  'bad-content': 'El cambio traía algo que la mesa no guarda. Está en tus borradores.',
  'bad-parent': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'wrong-place': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'not-a-key': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'forbidden-key': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'too-many-structs': 'El cambio era demasiado grande. Está en tus borradores: hazlo por partes.',
  'too-many-deletes': 'El cambio borraba demasiado de una vez. Está en tus borradores: hazlo por partes.',
  'too-long': 'El texto o el trazo es demasiado largo. Está en tus borradores: acórtalo y envíalo.',
  'delete-beyond': 'El cambio borraba algo que no existe. Está en tus borradores.',
  'unbound-client': 'La conexión cambió a medio camino. Está en tus borradores: envíalo otra vez.',
  'unknown-root': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'server-only': 'Eso solo lo escribe el servidor. Está en tus borradores.',
  'unknown-key': 'El cambio no tenía un lugar en la mesa. Está en tus borradores.',
  'bad-id': 'El cambio no llevaba un nombre válido. Está en tus borradores: envíalo otra vez.',
  'bad-value': 'El cambio traía un valor que la mesa no guarda. Está en tus borradores: revísalo.',
  incomplete: 'A la marca le faltaba una parte. Está en tus borradores: envíala otra vez.',
  'already-there': 'Eso ya estaba en la mesa. Revisa si todavía hace falta.',
  fixed: 'Eso no cambia una vez puesto. Está en tus borradores: haz una marca nueva.',
  gone: 'Aquello a lo que iba ya no está en la mesa. Tus palabras están en tus borradores.',
  'too-many-replies': 'Esa marca ya no admite más respuestas. La tuya está en tus borradores: sigue en otra marca.',
  'access-changed': 'Cambió quién puede ver la mesa. Se vuelve a entrar sola.',
  'lease-lost': 'La conexión se renovó. Lo no enviado está en tus borradores.',
  superseded: 'Abriste la misma mesa en otro lado y esta ventana cedió su lugar. Vuelve a cargarla para seguir aquí.',
  'bad-frame': 'La conexión se cortó por un mensaje dañado. Vuelve a cargar la página.',
  'slow-reader': 'Tu conexión va muy lenta y la mesa se volvió a abrir. No se perdió nada.',
  reloaded: 'El servidor volvió a abrir la mesa. No se perdió nada.',
  'server-stopping': 'El servidor se está reiniciando. Tu trabajo espera y se enviará al volver.',
}

export const refusals = {
  say,
  other: 'El servidor no lo aceptó. Lo que escribiste sigue aquí; inténtalo otra vez.',
  found: {
    pdf: 'Es un PDF.',
    svg: 'Es un dibujo SVG.',
    dxf: 'Es un patrón en DXF.',
    gif: 'Es un GIF.',
    heic: 'Es una foto HEIC de iPhone: en Ajustes › Cámara › Formatos elige «El más compatible».',
    avif: 'Es una imagen AVIF.',
    tiff: 'Es un TIFF.',
    bmp: 'Es un BMP.',
    photoshop: 'Es un archivo de Photoshop: expórtalo como JPEG o PNG.',
    postscript: 'Es PostScript o Illustrator: guárdalo como PDF o SVG.',
    zip: 'Es un archivo comprimido: sácalo y sube lo de adentro.',
    html: 'Es una página web.',
    xml: 'Es un XML que no es un dibujo.',
    hpgl: 'Es un archivo de ploter (HPGL): expórtalo como PDF.',
    video: 'Es un video.',
    program: 'Es un programa.',
    text: 'Es texto.',
    other: 'No es un archivo que sepamos leer.',
  } satisfies Record<MediaRefusals['not-a-photo']['found'], string>,
  kind: { jpeg: 'un JPEG', png: 'un PNG', webp: 'un WebP', pdf: 'un PDF', svg: 'un SVG' } satisfies Record<
    ReadableKind,
    string
  >,
  complex: {
    bytes: 'más datos',
    nodes: 'más elementos',
    depth: 'más grupos dentro de grupos',
    points: 'más puntos',
    extent: 'una extensión mayor',
    style: 'más estilos',
    objects: 'más objetos',
  } satisfies Record<ComplexKind, string>,
}
