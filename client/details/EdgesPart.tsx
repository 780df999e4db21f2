import { useId, useState } from 'react'
import { lengthOf } from '../../shared/pattern/curve.ts'
import { canFold, DETAIL_CAPS } from '../../shared/pattern/details.ts'
import type { EdgeId, Piece, PieceId } from '../../shared/pattern/model.ts'
import { SelectField, TextField, Wrong } from '../design/Fields.tsx'
import ui from '../design/ui.module.css'
import { useNumbers } from '../versions/numbers.ts'
import { useDetailWords } from '../words/details/words.ts'
import css from './details.module.css'
import type { Draft } from './draft.ts'
import { useEdgeName } from './EdgeChoice.tsx'

const Name = ({
  draft,
  piece,
  index,
  list,
  onFocus,
}: {
  draft: Draft
  piece: Piece
  index: number
  list: string
  onFocus(): void
}) => {
  const texts = useDetailWords()
  const { mm } = useNumbers()
  const nameOf = useEdgeName(draft.base.pattern)
  const edge = piece.edges[index]
  const run = piece.shapes[draft.pattern.base]?.runs[index]
  const [typed, setTyped] = useState(edge?.name ?? '')
  if (!edge) return null
  return (
    <TextField
      name={`edge-${edge.id}`}
      label={texts.edges.nameOf({ edge: nameOf(edge.id), length: mm(run ? lengthOf(run) : null) })}
      list={list}
      maxLength={DETAIL_CAPS.name}
      autoComplete="off"
      value={typed}
      onFocus={onFocus}
      onValue={(text) => {
        setTyped(text)
        draft.tell({ names: { [edge.id]: text.trim() } })
      }}
    />
  )
}

/** What people call the edges of a piece, and which of them is its fold. */
export const EdgesPart = ({
  draft,
  piece: chosen,
  onPiece,
  onEdge,
}: {
  draft: Draft
  piece: PieceId | null
  onPiece(piece: PieceId): void
  onEdge(edge: EdgeId): void
}) => {
  const texts = useDetailWords()
  const list = useId()
  const nameOf = useEdgeName(draft.pattern)
  const [wrong, setWrong] = useState<string | null>(null)
  const { pieces } = draft.pattern
  const piece = pieces.find(({ id }) => id === chosen) ?? pieces[0]
  if (!piece) return null
  const straight = piece.edges.filter(({ id }, i) => {
    const runs = piece.shapes.flatMap((shape) => shape?.runs[i] ?? [])
    return id === piece.fold || runs.every(canFold)
  })
  return (
    <>
      <SelectField<string>
        label={texts.piece}
        value={piece.id}
        options={pieces.map(({ id, name }) => [id, name] as const)}
        onValue={(id) => {
          setWrong(null)
          onPiece(id as PieceId)
        }}
      />
      <SelectField<string>
        label={texts.edges.fold}
        hint={texts.edges.foldHint}
        value={piece.fold ?? ''}
        options={[['', texts.edges.noFold], ...straight.map(({ id }): readonly [string, string] => [id, nameOf(id)])]}
        onValue={(id) => {
          const fold = id === '' ? null : (id as EdgeId)
          if (fold) onEdge(fold)
          const code = draft.tell({ folds: { [piece.id]: fold } })
          setWrong(code === null ? null : texts.refusals[code])
        }}
      />
      {wrong !== null && <Wrong>{wrong}</Wrong>}
      <p className={ui.hint}>{texts.edges.about}</p>
      <datalist id={list}>
        {texts.edges.names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ol className={css.edges}>
        {piece.edges.map(({ id }, i) => (
          <li key={`${draft.round} ${id}`}>
            <Name draft={draft} piece={piece} index={i} list={list} onFocus={() => onEdge(id)} />
          </li>
        ))}
      </ol>
    </>
  )
}
