import type { Sheet } from '../../shared/domain/sheet.ts'
import { sizesOf } from '../canvas/lines.ts'
import { Check, SelectField } from '../design/Fields.tsx'
import { useDesk } from '../panels/desk.ts'
import type { LoadedPattern } from '../patterns/store.ts'
import { EdgeMeasures } from '../versions/EdgeMeasures.tsx'
import { useProposalWords } from '../words/proposals/words.ts'
import css from './proposals.module.css'
import { SheetChoice } from './SheetChoice.tsx'
import { edgeName } from './starts.ts'

/** Says which lines are in hand: the sheet, the size, and the edge; by hand on the canvas or from these lists. */
export const Where = ({
  sheet,
  lines,
  sheets,
  onSheet,
}: {
  sheet: Sheet
  lines: LoadedPattern
  sheets: readonly Sheet[]
  onSheet(id: string): void
}) => {
  const texts = useProposalWords()
  const { sizes, showSizes, patterns, meant, setMeant } = useDesk()
  const { pattern } = lines
  const shown = sizesOf(lines, sizes.get(sheet.id) ?? null)
  const piece = pattern.pieces.find(({ id }) => id === meant?.piece) ?? pattern.pieces[0]
  const pick = (id: string, edge: number): void => {
    const found = pattern.pieces.find((one) => one.id === id)
    if (found) setMeant({ sheet: sheet.id, piece: found.id, edge, t: 0.5 })
  }
  if (!piece) return null
  return (
    <div className={css.where}>
      <SheetChoice sheet={sheet} sheets={sheets} onSheet={onSheet} />
      {lines.exact && pattern.sizes.length > 1 && (
        <>
          <SelectField
            label={texts.panel.size}
            value={String(shown.inView)}
            options={pattern.sizes.map((name, i) => [
              String(i),
              i === pattern.base ? texts.panel.baseSize({ size: name }) : name,
            ])}
            onValue={(i) => {
              patterns.wantAllSizes(sheet.id)
              showSizes(sheet.id, { ...shown, inView: Number(i) })
            }}
          />
          <Check
            checked={shown.nest}
            onValue={(nest) => {
              patterns.wantAllSizes(sheet.id)
              showSizes(sheet.id, { ...shown, nest })
            }}
          >
            {texts.panel.nest}
          </Check>
        </>
      )}
      <SelectField
        label={texts.panel.piece}
        value={piece.id as string}
        options={pattern.pieces.map(({ id, name }) => [id as string, name] as const)}
        onValue={(id) => pick(id, 0)}
      />
      <SelectField
        label={texts.panel.edge}
        value={meant ? String(meant.edge) : ''}
        options={[
          ...(meant ? [] : [['', texts.panel.chooseEdge] as const]),
          ...piece.edges.map(({ id }, i) => [String(i), edgeName(pattern, id, texts.panel.nthEdge)] as const),
        ]}
        onValue={(i) => pick(piece.id, Number(i))}
      />
      {meant && <EdgeMeasures pattern={pattern} piece={piece} edge={meant.edge} size={shown.inView} />}
    </div>
  )
}
