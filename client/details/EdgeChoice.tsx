import type { EdgeId, Pattern } from '../../shared/pattern/model.ts'
import { edgeOf } from '../../shared/pattern/model.ts'
import { SelectField } from '../design/Fields.tsx'
import { edgeName } from '../proposals/starts.ts'
import { useDetailWords } from '../words/details/words.ts'
import { useProposalWords } from '../words/proposals/words.ts'

/** What people call an edge, with its piece where `whole`. */
export const useEdgeName = (pattern: Pattern): ((id: EdgeId, whole?: boolean) => string) => {
  const texts = useProposalWords()
  return (id, whole = false) => {
    const name = edgeName(pattern, id, texts.panel.nthEdge)
    return whole ? texts.panel.edgeOf({ edge: name, piece: edgeOf(pattern, id)?.piece.name ?? '' }) : name
  }
}

/** One edge of the pattern: its piece, then the edge. */
export const EdgeChoice = ({
  pattern,
  edge,
  onEdge,
}: {
  pattern: Pattern
  edge: EdgeId
  onEdge(edge: EdgeId): void
}) => {
  const texts = useDetailWords()
  const nameOf = useEdgeName(pattern)
  const piece = edgeOf(pattern, edge)?.piece ?? pattern.pieces[0]
  if (!piece) return null
  return (
    <>
      <SelectField<string>
        label={texts.piece}
        value={piece.id}
        options={pattern.pieces.map(({ id, name }) => [id, name] as const)}
        onValue={(id) => {
          const first = pattern.pieces.find((one) => one.id === id)?.edges[0]
          if (first) onEdge(first.id)
        }}
      />
      <SelectField<string>
        label={texts.edge}
        value={edge}
        options={piece.edges.map(({ id }) => [id, nameOf(id)] as const)}
        onValue={(id) => onEdge(id as EdgeId)}
      />
    </>
  )
}
