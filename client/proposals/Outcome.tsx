import { type EdgeId, edgeOf, type Pattern, pieceOf } from '../../shared/pattern/model.ts'
import { clothOf, type StitchCode, warningsOf } from '../../shared/pattern/stitches.ts'
import { useWho } from '../app/signed.ts'
import { Notice } from '../design/Notice.tsx'
import ui from '../design/ui.module.css'
import { useDesk } from '../panels/desk.ts'
import { BenchSeams } from '../versions/BenchSeams.tsx'
import { useProposalWords } from '../words/proposals/words.ts'
import { whyNot } from './phrases.ts'
import css from './proposals.module.css'
import { sewingFirm } from './sewing-firm.ts'
import { edgeName, mateOf, pieceName } from './starts.ts'
import type { OnBench } from './workbench.ts'

/** Names of edges that have to give when a body passes: warned of where a stitch does not stretch. */
const STRETCHES = /escote|cuello|neck|collar|cintura|pretina|waist|puño|boca|cuff|sisa|armhole|bastilla|hem/i

/** What a proposal would do, in words: refused, who follows, what to mend, and what a seamstress would say. */
export const Outcome = ({ bench, length }: { bench: OnBench; length(mm: number): string }) => {
  const texts = useProposalWords()
  const { me, firm, person: who } = useWho()
  const { board, session } = useDesk()
  const { outcome, elsewhere, findings, operation, before } = bench
  const refusal = outcome.ok ? elsewhere : outcome.refusal
  const after: Pattern = outcome.ok ? outcome.pattern : before
  const edge = (id: EdgeId | undefined): string =>
    id === undefined ? '' : edgeName(edgeOf(after, id) ? after : before, id, texts.panel.nthEdge)
  const piece = (id: Parameters<typeof pieceName>[1]): string => pieceName(pieceOf(after, id) ? after : before, id)
  const author =
    bench.mark === null ? me.person : who(session.records.get().marks.get(bench.mark)?.author ?? me.person.id)
  const machines = sewingFirm(firm(board.firm), firm(author?.firm ?? null))?.machines ?? null
  const warnings =
    operation.op === 'stitch'
      ? operation.edges.flatMap((id) => {
          const found = edgeOf(before, id)
          const cloth = found
            ? clothOf(`${found.piece.material} ${found.piece.category} ${found.piece.annotation}`)
            : null
          const mustStretch = STRETCHES.test(found?.edge.name ?? '')
          const sewing = { ...operation, stitch: operation.stitch as StitchCode }
          const other = mateOf(after, id)
          const mate = other === null ? null : (edgeOf(after, other)?.edge.allowance ?? null)
          return warningsOf(sewing, operation.allowance, { cloth, mustStretch, machines, mate })
        })
      : []
  const once = [...new Map(warnings.map((one) => [one.code, one])).values()]
  return (
    <div aria-live="polite" className={css.outcome}>
      {refusal && (
        <Notice mood="bad">
          <p>{whyNot(refusal.code, refusal, before, texts, length)}</p>
        </Notice>
      )}
      {outcome.ok && outcome.notes.length > 0 && (
        <ul className={css.notes}>
          {outcome.notes.slice(0, 8).map((note, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes are told in the order in which they were made
            <li key={i}>
              {texts.notes[note.code]({
                piece: piece(note.piece),
                edge: edge(note.edge),
                other: edge(note.other),
                mm: length(Math.abs(note.amount ?? 0)),
                longer: (note.amount ?? 0) >= 0,
                count: note.count ?? 1,
              })}
            </li>
          ))}
        </ul>
      )}
      {findings.map((finding) => (
        <Notice key={`${finding.code}${finding.piece}${finding.edge ?? ''}${finding.seam ?? ''}`} mood="bad">
          <p>
            {texts.findings[finding.code]({
              piece: piece(finding.piece),
              edge: edge(finding.edge),
              mm: length(Math.abs(finding.amount ?? 0)),
            })}
          </p>
        </Notice>
      ))}
      <BenchSeams bench={bench} />
      {once.map(({ code, amount }) => (
        <Notice key={code}>
          <p>{texts.warnings[code]({ mm: length(amount ?? 0) })}</p>
        </Notice>
      ))}
      {outcome.ok && !refusal && outcome.pieces.length > 0 && before.sizes.length > 1 && (
        <p className={ui.hint}>{texts.panel.allSizes({ pieces: outcome.pieces.length, sizes: before.sizes.length })}</p>
      )}
    </div>
  )
}
