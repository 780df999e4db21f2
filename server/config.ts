import { isIP } from 'node:net'
import { resolve } from 'node:path'

/** Everything that can be set. The one page about it is docs/settings.md. */
export interface Settings {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Folder of the real group's data; null in the demo. */
  readonly data: string | null
  readonly demo: boolean
  /** Address that browsers use, where it is not the one listened on: `https://puntada.example`. */
  readonly origin: string | null
  /** Addresses whose `X-Forwarded-*` is believed; empty: nobody's. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: LogLevel
  /** Bearer token of `/metrics` for others than this machine; null: this machine alone. */
  readonly metricsToken: string | null
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export const DEFAULT_PORT = 4310

/** A setting that cannot be used: one sentence with what, where and what to do, in the language of the terminal. */
export class BadSetting extends Error {
  override readonly name = 'BadSetting'
}

/** @returns Spanish where the environment's locale is Spanish, else English. */
export const speaks = (env: NodeJS.ProcessEnv): 'es' | 'en' =>
  (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').toLowerCase().startsWith('es') ? 'es' : 'en'

type Words = Readonly<Record<'es' | 'en', string>>

const FLAGS = {
  '--data': { env: 'PUNTADA_DATA', value: true },
  '--demo': { env: 'PUNTADA_DEMO', value: false },
  '--port': { env: 'PORT', value: true },
  '--host': { env: 'HOST', value: true },
  '--origin': { env: 'ORIGIN', value: true },
  '--trust-proxy': { env: 'TRUST_PROXY', value: true },
  '--log-level': { env: 'LOG_LEVEL', value: true },
  '--metrics-token': { env: 'METRICS_TOKEN', value: true },
} as const
type Flag = keyof typeof FLAGS

const known = Object.keys(FLAGS).join(' ')
const OWN_ENV = /^PUNTADA_/
/** Known to tests and measurements alone, and of no consequence here: servers that these start inherit them. */
const OF_TESTS = ['PUNTADA_SCREENSHOTS', 'PUNTADA_CORPUS', 'PUNTADA_DIST']
const OWN_ENV_KNOWN = new Set(['PUNTADA_DATA', 'PUNTADA_DEMO', ...OF_TESTS])

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/**
 * Flags win over the environment. Without a data folder it is the demo.
 *
 * @throws {BadSetting} at the first setting that is unknown or cannot be used.
 */
export const readSettings = (args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Settings => {
  const bad = (words: Words): never => {
    throw new BadSetting(words[speaks(env)])
  }
  const given = new Map<Flag, { readonly text: string; readonly where: string }>()
  for (const [flag, { env: name }] of Object.entries(FLAGS) as [Flag, { env: string }][]) {
    const text = env[name]
    if (text !== undefined && text !== '') given.set(flag, { text, where: name })
  }
  for (const name of Object.keys(env))
    if (OWN_ENV.test(name) && !OWN_ENV_KNOWN.has(name))
      bad({
        es: `La variable ${name} no existe: quítala del entorno, o mira docs/settings.md.`,
        en: `There is no setting ${name}: remove it from the environment, or see docs/settings.md.`,
      })
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = splitFlag(args[i] as string)
    const flag = name as Flag
    if (!Object.hasOwn(FLAGS, name))
      bad({
        es: `La opción ${name} no existe: las que hay son ${known} (docs/settings.md).`,
        en: `There is no option ${name}: there are ${known} (docs/settings.md).`,
      })
    if (!FLAGS[flag].value) {
      if (inline !== null)
        bad({
          es: `La opción ${flag} no lleva valor: quita «=${inline}».`,
          en: `${flag} takes no value: remove "=${inline}".`,
        })
      given.set(flag, { text: '1', where: flag })
      continue
    }
    const text = inline ?? args[++i]
    if (text === undefined || text === '' || (inline === null && text.startsWith('--')))
      bad({
        es: `A la opción ${flag} le falta su valor: escríbelo después.`,
        en: `${flag} needs a value: write it after it.`,
      })
    given.set(flag, { text: text as string, where: flag })
  }

  const of = (flag: Flag): string | null => given.get(flag)?.text ?? null
  const at = (flag: Flag): string => given.get(flag)?.where ?? flag
  const data = of('--data')
  const demoAsked = of('--demo')
  if (demoAsked !== null && !['0', '1', 'true', 'false'].includes(demoAsked))
    bad({ es: `${at('--demo')} es 1 o 0, no «${demoAsked}».`, en: `${at('--demo')} is 1 or 0, not "${demoAsked}".` })
  const demoOn = demoAsked === '1' || demoAsked === 'true'
  if (demoOn && data !== null)
    bad({
      es: `La demostración no corre junto a datos reales: quita ${at('--demo')} o quita ${at('--data')}.`,
      en: `The demo does not run beside real data: remove ${at('--demo')} or ${at('--data')}.`,
    })
  if (demoAsked !== null && !demoOn && data === null)
    bad({
      es: `Sin demostración hace falta una carpeta de datos: agrega --data CARPETA.`,
      en: `Without the demo a data folder is needed: add --data FOLDER.`,
    })
  const demo = data === null
  const host = of('--host') ?? '127.0.0.1'
  if (demo && !isLoopback(host))
    bad({
      es: `La demostración solo escucha en esta máquina, no en ${host}: quita ${at('--host')}, o usa --data CARPETA para un grupo real.`,
      en: `The demo listens on this machine alone, not on ${host}: remove ${at('--host')}, or use --data FOLDER for a real group.`,
    })
  if (!/^[A-Za-z0-9.:_-]{1,255}$/.test(host))
    bad({ es: `${at('--host')} no es una dirección: «${host}».`, en: `${at('--host')} is not an address: "${host}".` })
  const portText = of('--port') ?? String(DEFAULT_PORT)
  const port = Number(portText)
  if (!/^\d{1,5}$/.test(portText) || port > 65_535)
    bad({
      es: `${at('--port')} es un número de 0 a 65535, no «${portText}».`,
      en: `${at('--port')} is a number from 0 to 65535, not "${portText}".`,
    })
  const originText = of('--origin')
  const origin = originText === null ? null : exactOrigin(originText)
  if (originText !== null && origin === null)
    bad({
      es: `${at('--origin')} es la dirección pública sin ruta, como https://puntada.example, no «${originText}».`,
      en: `${at('--origin')} is the public address without a path, like https://puntada.example, not "${originText}".`,
    })
  if (demo && origin !== null && !isLoopback(new URL(origin).hostname.replace(/^\[|\]$/g, '')))
    bad({
      es: `La demostración no se publica: quita ${at('--origin')}.`,
      en: `The demo is not for the public: remove ${at('--origin')}.`,
    })
  if (origin === null && (host === '0.0.0.0' || host === '::'))
    bad({
      es: `Con ${at('--host')} ${host} falta saber con qué dirección entran los navegadores: agrega --origin https://tu.dominio, o la variable ORIGIN.`,
      en: `With ${at('--host')} ${host} the address that browsers use must be said: add --origin https://your.domain, or the variable ORIGIN.`,
    })
  const trustedProxies = (of('--trust-proxy') ?? '').split(',').flatMap((part) => part.trim() || [])
  for (const proxy of trustedProxies)
    if (!isNetwork(proxy))
      bad({
        es: `${at('--trust-proxy')} es una lista de direcciones IP o redes, no «${proxy}».`,
        en: `${at('--trust-proxy')} is a list of IP addresses or networks, not "${proxy}".`,
      })
  const logLevel = of('--log-level') ?? 'warn'
  if (!LOG_LEVELS.includes(logLevel as LogLevel))
    bad({
      es: `${at('--log-level')} es uno de ${LOG_LEVELS.join(', ')}, no «${logLevel}».`,
      en: `${at('--log-level')} is one of ${LOG_LEVELS.join(', ')}, not "${logLevel}".`,
    })
  const metricsToken = of('--metrics-token')
  if (metricsToken !== null && metricsToken.length < 20)
    bad({
      es: `${at('--metrics-token')} debe tener al menos 20 caracteres.`,
      en: `${at('--metrics-token')} needs at least 20 characters.`,
    })
  return {
    host,
    port,
    data: data === null ? null : resolve(cwd, data),
    demo,
    origin,
    trustedProxies,
    logLevel: logLevel as LogLevel,
    metricsToken,
  }
}

const splitFlag = (arg: string): [name: string, inline: string | null] => {
  const cut = arg.indexOf('=')
  return cut < 0 || !arg.startsWith('--') ? [arg, null] : [arg.slice(0, cut), arg.slice(cut + 1)]
}

const isNetwork = (text: string): boolean => {
  const [address, bits, ...rest] = text.split('/')
  const kind = isIP(address ?? '')
  if (kind === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128))
}

const exactOrigin = (text: string): string | null => {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return bare && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : null
}

/**
 * Origins that pages of this server have: the public one, or those of the address listened on.
 *
 * @param people in the demo: each also has a host name of their own (`<id>.localhost`, which browsers take to this machine),
 *   so that two windows of one browser, which share cookies by host, can be two people.
 */
export const originsOf = (settings: Settings, port: number, people: readonly string[]): string[] => {
  if (settings.origin !== null) return [settings.origin]
  const names = isLoopback(settings.host) ? ['127.0.0.1', 'localhost', '[::1]'] : [bracketed(settings.host)]
  if (settings.demo) names.push(...people.map((id) => `${id}.localhost`))
  return names.map((name) => new URL(`http://${name}:${port}`).origin)
}

/** The address to print and to open. */
export const addressOf = (settings: Settings, port: number): string =>
  settings.origin ?? `http://${bracketed(settings.host)}:${port}`

const bracketed = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)
