import { create } from 'zustand'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly act?: ToastAct
  /** Something went wrong: it is not pushed out by what comes after it. */
  readonly wrong?: true
  /** What it is about: a later message about the same takes its place. */
  readonly about?: string
}
/** What may be done about it. One that passes leaves by itself: the same can be done elsewhere. */
export interface ToastAct {
  readonly label: string
  run(): void
  readonly passes?: true
}
interface Toasts {
  /** On the screen, as they came. */
  readonly list: readonly Toast[]
  /** They wait for a place: what may be answered and what went wrong is read, however much comes at once. */
  readonly waiting: readonly Toast[]
  /** Read out and not drawn. */
  readonly spoken: string
  /** @returns its id, for whoever takes it away once it is no longer so. */
  show(toast: Omit<Toast, 'id'>): number
  announce(text: string): void
  dismiss(id: number): void
}

/** On the screen at once; one of them is always for news, so that these are told while the others wait for an answer. */
const MOST = 3
/** Milliseconds for which a message stays: to be read, and to be read and answered. */
const STAYS = { read: 8000, answered: 20_000 } as const

const isHeld = ({ act, wrong }: Toast): boolean => act !== undefined || wrong === true
const passes = ({ act }: Toast): boolean => !act || act.passes === true

/** Which of all that are told have a place: what is held in its turn, and of the news the last. */
const placed = (all: readonly Toast[]): Pick<Toasts, 'list' | 'waiting'> => {
  const held = all.filter(isHeld)
  const here = held.slice(0, MOST - 1)
  const news = all.filter((one) => !isHeld(one)).slice(here.length - MOST)
  return { list: all.filter((one) => here.includes(one) || news.includes(one)), waiting: held.slice(MOST - 1) }
}

let last = 0

/** Short messages, each read out politely, once. What asks for an answer waits for it; news leave when the next ones come. */
export const useToasts = create<Toasts>()((set, get) => {
  const ends = new Map<number, ReturnType<typeof setTimeout>>()
  const put = (all: readonly Toast[]): void => {
    const next = placed(all)
    for (const [id, end] of ends) {
      if (next.list.some((one) => one.id === id)) continue
      clearTimeout(end)
      ends.delete(id)
    }
    // Its time begins when it can be read.
    for (const one of next.list)
      if (passes(one) && !ends.has(one.id))
        ends.set(
          one.id,
          setTimeout(() => get().dismiss(one.id), isHeld(one) ? STAYS.answered : STAYS.read),
        )
    set(next)
  }
  return {
    list: [],
    waiting: [],
    spoken: '',
    show(toast) {
      const id = ++last
      const others = [...get().list, ...get().waiting].filter(
        ({ about }) => about === undefined || about !== toast.about,
      )
      put([...others, { ...toast, id }])
      return id
    },
    announce: (text) => set({ spoken: text }),
    dismiss: (id) => put([...get().list, ...get().waiting].filter((one) => one.id !== id)),
  }
})

/** News. What is told again is heard again, and stands there once. */
export const toast = (text: string, about = text): number => useToasts.getState().show({ text, about })
/** What somebody may answer. */
export const offer = (text: string, act: ToastAct, about?: string): number =>
  useToasts.getState().show({ text, act, ...(about !== undefined && { about }) })
/** What went wrong. */
export const complain = (text: string): number => useToasts.getState().show({ text, wrong: true, about: text })
export const announce = (text: string): void => useToasts.getState().announce(text)
