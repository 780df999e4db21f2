import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly act?: ToastAct
}
/** What may be done about it. One that passes leaves by itself: the same can be done elsewhere. */
export interface ToastAct {
  readonly label: string
  run(): void
  readonly passes?: true
}
interface Toasts {
  readonly list: readonly Toast[]
  /** Read out and not drawn. */
  readonly spoken: string
  /** @returns its id, for whoever takes it away once it is no longer so. */
  show(text: string, act?: ToastAct): number
  announce(text: string): void
  dismiss(id: number): void
}

const MOST = 3
/** Milliseconds for which a message stays: to be read, and to be read and answered. */
const STAYS = { read: 8000, answered: 20_000 } as const
let last = 0

/** Short messages, read out politely. What asks for an answer waits for it; the rest leave when the next ones come. */
export const useToasts = create<Toasts>()((set) => ({
  list: [],
  spoken: '',
  show(text, act) {
    const id = ++last
    set(({ list }) => ({ list: [...list, { id, text, ...(act && { act }) }].slice(-MOST) }))
    const stays = act ? STAYS.answered : STAYS.read
    if (!act || act.passes) setTimeout(() => set(({ list }) => ({ list: list.filter((t) => t.id !== id) })), stays)
    return id
  },
  announce: (text) => set({ spoken: text }),
  dismiss: (id) => set(({ list }) => ({ list: list.filter((t) => t.id !== id) })),
}))

export const toast = (text: string, act?: ToastAct): number => useToasts.getState().show(text, act)
export const announce = (text: string): void => useToasts.getState().announce(text)
