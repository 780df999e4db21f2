/** `one` for exactly one, `many` for every other number: 0 marcas, 1 marca, 2 marcas. */
export const count = (locale: string, n: number, one: string, many: string): string =>
  `${n.toLocaleString(locale)} ${n === 1 ? one : many}`
