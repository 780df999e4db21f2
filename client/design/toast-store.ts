import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly act?: { readonly label: string; run(): void }
}
interface Toasts {
  readonly list: readonly Toast[]
  /** Read out and not drawn. */
  readonly spoken: string
  show(text: string, act?: Toast['act']): void
  announce(text: string): void
  dismiss(id: number): void
}

const MOST = 3
let last = 0

/** Short messages, read out politely. What asks for an answer waits for it; the rest leave when the next ones come. */
export const useToasts = create<Toasts>()((set) => ({
  list: [],
  spoken: '',
  show(text, act) {
    const id = ++last
    set(({ list }) => ({ list: [...list, { id, text, ...(act && { act }) }].slice(-MOST) }))
    if (!act) setTimeout(() => set(({ list }) => ({ list: list.filter((t) => t.id !== id) })), 8000)
  },
  announce: (text) => set({ spoken: text }),
  dismiss: (id) => set(({ list }) => ({ list: list.filter((t) => t.id !== id) })),
}))

export const toast = (text: string, act?: Toast['act']): void => useToasts.getState().show(text, act)
export const announce = (text: string): void => useToasts.getState().announce(text)
