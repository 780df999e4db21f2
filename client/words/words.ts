import { useSyncExternalStore } from 'react'
import type { es } from './es.ts'

/** The same tree with the same parameters, and any text: a missing or an extra one does not compile. */
export type Same<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Same<T[K]> }
export type Words = Same<typeof es>

export const LANGUAGES = ['es', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** For Intl: dates as dd/mm/aaaa and a decimal point in Mexico. */
export const LOCALES: Record<Language, string> = { es: 'es-MX', en: 'en' }

interface Spoken {
  readonly language: Language
  readonly locale: string
  readonly words: Words
}

/** A cookie, so that the server knows which words to send ahead with the page. It holds `es` or `en`, nothing of anybody. */
const KEY = 'language'
const YEAR_S = 365 * 24 * 60 * 60
const listeners = new Set<() => void>()
let spoken: Spoken | null = null

const load: Record<Language, () => Promise<Words>> = {
  es: async () => (await import('./es.ts')).es,
  en: async () => (await import('./en.ts')).en,
}

/** Spanish first: English only for who chose it here before. */
export const preferredLanguage = (): Language => (document.cookie.split('; ').includes(`${KEY}=en`) ? 'en' : 'es')

/** Switches at once for the whole page; what is typed, open or scrolled stays. */
export const speak = async (language: Language): Promise<void> => {
  const words = await load[language]()
  spoken = { language, locale: LOCALES[language], words }
  document.documentElement.lang = LOCALES[language]
  // A browser that keeps nothing still speaks; it asks again next time.
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that people have.
  document.cookie = `${KEY}=${language}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const read = (): Spoken => {
  if (!spoken) throw new Error('words were asked for before `speak`')
  return spoken
}

/** The catalogue in the reader's language. */
export const useWords = (): Words => useSyncExternalStore(subscribe, read).words
export const useSpoken = (): Spoken => useSyncExternalStore(subscribe, read)
