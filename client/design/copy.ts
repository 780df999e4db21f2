import { complain, toast } from './toast-store.ts'

/** Copies a text and says so, or says what to do instead: a browser may forbid it, and has no clipboard for a page without TLS. */
export const copy = async (text: string, done: string, instead: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    toast(done)
  } catch {
    complain(instead)
  }
}
