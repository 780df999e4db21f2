/** The part of FreeSewing 4.10 that `draft-demo.ts` uses; the packages come without types. */
interface FreeSewingPoint {
  readonly x: number
  readonly y: number
  readonly attributes: { readonly list: Record<string, readonly unknown[]> }
}
interface FreeSewingPath {
  readonly hidden: boolean
  readonly d?: string
  readonly attributes: { readonly list: Record<string, readonly unknown[]> }
}
interface FreeSewingPart {
  readonly paths: Record<string, FreeSewingPath>
  readonly points: Record<string, FreeSewingPoint>
  readonly snippets: Record<string, { readonly def: string; readonly anchor: FreeSewingPoint }>
}
interface FreeSewingDraft {
  draft(): FreeSewingDraft
  render(): string
  getRenderProps(): { readonly stacks: Record<string, { readonly parts: readonly FreeSewingPart[] }> }
}
type FreeSewingDesign = new (settings: object) => FreeSewingDraft

declare module '@freesewing/core' {
  // biome-ignore lint/suspicious/noExplicitAny: a drafting function gets FreeSewing's own untyped shorthand
  export type Shorthand = any
  export const Design: new (config: { data: object; parts: object[] }) => FreeSewingDesign
}
declare module '@freesewing/aaron' {
  export const Aaron: FreeSewingDesign
}
declare module '@freesewing/bella' {
  export const Bella: FreeSewingDesign
}
declare module '@freesewing/brian' {
  export const Brian: FreeSewingDesign
}
declare module '@freesewing/simon' {
  export const Simon: FreeSewingDesign
}
declare module '@freesewing/teagan' {
  export const Teagan: FreeSewingDesign
}
