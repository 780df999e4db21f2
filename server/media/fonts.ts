import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GlobalFonts } from '@napi-rs/canvas'

/** Our own font under a name that no system font has, so that what is drawn is the same on every machine, also on one without fonts. */
export const FONT = 'PuntadaSans'

const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext']
let ready = false

/**
 * Registers the self-hosted font's files with the canvas, once.
 *
 * @throws {Error} when a file is missing: a mark that cannot be drawn must stop the server, not vanish from pictures.
 */
export const useFonts = (): void => {
  if (ready) return
  const files = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/source-sans-3/package.json'))
  for (const script of SCRIPTS)
    for (const style of ['normal', 'italic'])
      if (
        GlobalFonts.registerFromPath(join(files, 'files', `source-sans-3-${script}-wght-${style}.woff2`), FONT) === null
      )
        throw new Error(`the font of the marks is missing: ${script} ${style}`)
  ready = true
}

/** Signs that our font has no shape for are shown as a box, so that no system font can be asked for them. */
export const inOurFont = (text: string): string =>
  text.replace(/[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\p{M}\p{S}]/gu, '□')
