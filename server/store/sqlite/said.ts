import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { DecisionKind } from '../../../shared/domain/decision.ts'
import type { BoardId, MarkId, PersonId, ReplyId } from '../../../shared/domain/ids.ts'
import type { Says } from '../../../shared/domain/mark.ts'
import type { Instant } from '../../../shared/domain/units.ts'
import { roomOf } from '../../../shared/protocol/rooms.ts'
import type { Said, SaidRow } from '../records-port.ts'
import { asNotWritten, inTransaction } from './records.ts'

const COLUMNS = `a.board, a.mark, a.reply, a.person, a.says, a.text, a.at, a.resolved,
  a.proposal, a.decision, a.decided_by, a.decided_at, a.decided_until`

export const openSaid = (db: DatabaseSync): Said => {
  const sql = {
    put: db.prepare(
      `INSERT INTO acts (board, mark, reply, person, says, text, at, touched, resolved, proposal, decision, decided_by, decided_at, decided_until)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (board, mark, reply) DO UPDATE SET says = excluded.says, text = excluded.text,
         touched = excluded.touched, resolved = excluded.resolved, proposal = excluded.proposal, decision = excluded.decision,
         decided_by = excluded.decided_by, decided_at = excluded.decided_at, decided_until = excluded.decided_until`,
    ),
    noMentions: db.prepare('DELETE FROM mentions WHERE board = ? AND mark = ? AND reply = ?'),
    mention: db.prepare('INSERT INTO mentions (board, mark, reply, person) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
    settle: db.prepare(`UPDATE acts SET resolved = ?, touched = ? WHERE board = ? AND mark = ? AND reply = ''`),
    dropThread: db.prepare('DELETE FROM acts WHERE board = ? AND mark = ?'),
    dropThreadMentions: db.prepare('DELETE FROM mentions WHERE board = ? AND mark = ?'),
    dropReply: db.prepare('DELETE FROM acts WHERE board = ? AND mark = ? AND reply = ?'),
    counts: db.prepare(
      `SELECT says, COUNT(*) AS n, SUM(1 - resolved) AS open FROM acts WHERE board = ? AND reply = '' GROUP BY says`,
    ),
    lastAct: db.prepare('SELECT MAX(MAX(touched, COALESCE(decided_at, 0))) AS at FROM acts WHERE board = ?'),
    unseen: db.prepare('SELECT COUNT(*) AS n FROM acts WHERE board = ? AND at > ? AND person <> ?'),
    replies: db.prepare(
      `SELECT ${COLUMNS} FROM acts a WHERE a.reply <> '' AND a.person <> ?
         AND EXISTS (SELECT 1 FROM acts b WHERE b.board = a.board AND b.mark = a.mark AND b.person = ? AND b.at <= a.at)
       ORDER BY a.at DESC LIMIT ?`,
    ),
    mentions: db.prepare(
      `SELECT ${COLUMNS} FROM mentions m JOIN acts a ON a.board = m.board AND a.mark = m.mark AND a.reply = m.reply
       WHERE m.person = ? AND a.person <> ? ORDER BY a.at DESC LIMIT ?`,
    ),
    decided: db.prepare(
      `SELECT ${COLUMNS} FROM acts a WHERE a.person = ? AND a.proposal = 1 AND a.decision IS NOT NULL AND a.decided_by <> ?
       ORDER BY a.decided_at DESC LIMIT ?`,
    ),
    seen: db.prepare('SELECT at FROM seen WHERE person = ? AND board = ?'),
    look: db.prepare(
      'INSERT INTO seen (person, board, at) VALUES (?, ?, ?) ON CONFLICT (person, board) DO UPDATE SET at = excluded.at',
    ),
    folded: db.prepare('SELECT at FROM folded WHERE board = ?'),
    logged: db.prepare('SELECT MAX(at) AS at FROM updates WHERE room = ?'),
    foldedTo: db.prepare(
      'INSERT INTO folded (board, at) VALUES (?, ?) ON CONFLICT (board) DO UPDATE SET at = excluded.at',
    ),
    clear: db.prepare('DELETE FROM acts WHERE board = ?'),
    clearMentions: db.prepare('DELETE FROM mentions WHERE board = ?'),
    tally: db.prepare(
      `SELECT person, says, reply <> '' AS reply, resolved, COUNT(*) AS count FROM acts
       GROUP BY person, says, reply <> '', resolved`,
    ),
  }
  const together = (write: () => void): void => inTransaction(db, write)
  return {
    together,
    put: (row, touched, mentions) =>
      together(() => {
        const { board, mark } = row
        const reply = row.reply ?? ''
        const said = row.proposal?.decision ?? null
        sql.put.run(
          ...[board, mark, reply, row.person, row.says, row.text, row.at, touched, row.resolved ? 1 : 0],
          ...[row.proposal ? 1 : 0, said?.is ?? null, said?.by ?? null, said?.at ?? null, said?.until ?? null],
        )
        sql.noMentions.run(board, mark, reply)
        for (const person of mentions) sql.mention.run(board, mark, reply, person)
      }),
    settle: (board, mark, resolved, touched) =>
      together(() => {
        sql.settle.run(resolved ? 1 : 0, touched, board, mark)
      }),
    drop: (board, mark, reply) =>
      together(() => {
        if (reply === null) {
          sql.dropThread.run(board, mark)
          sql.dropThreadMentions.run(board, mark)
        } else {
          sql.dropReply.run(board, mark, reply)
          sql.noMentions.run(board, mark, reply)
        }
      }),
    counts(board) {
      const counts = { noto: 0, pregunto: 0, sugiero: 0, open: 0 }
      for (const row of sql.counts.all(board)) {
        counts[row.says as Says] = row.n as number
        counts.open += row.open as number
      }
      return counts
    },
    lastAct: (board) => (sql.lastAct.get(board)?.at as Instant | null | undefined) ?? null,
    unseen: (board, person, since) => (sql.unseen.get(board, since, person)?.n as number | undefined) ?? 0,
    questions(boards, people, most) {
      if (boards.length === 0 || people.length === 0) return []
      const list = (values: readonly string[]): string => values.map(() => '?').join(', ')
      const values: SQLInputValue[] = [...boards, ...people, ...people, most]
      return db
        .prepare(
          `SELECT ${COLUMNS} FROM acts a WHERE a.board IN (${list(boards)}) AND a.reply = '' AND a.says = 'pregunto'
             AND a.resolved = 0 AND a.person NOT IN (${list(people)})
             AND NOT EXISTS (SELECT 1 FROM acts b WHERE b.board = a.board AND b.mark = a.mark AND b.reply <> ''
               AND b.person IN (${list(people)}))
           ORDER BY a.at DESC LIMIT ?`,
        )
        .all(...values)
        .map(rowOf)
    },
    replies: (person, most) => sql.replies.all(person, person, most).map(rowOf),
    mentions: (person, most) => sql.mentions.all(person, person, most).map(rowOf),
    undecided(boards, now, most) {
      if (boards.length === 0) return []
      return db
        .prepare(
          `SELECT ${COLUMNS} FROM acts a WHERE a.board IN (${boards.map(() => '?').join(', ')}) AND a.proposal = 1
             AND a.resolved = 0 AND (a.decision IS NULL OR (a.decision = 'thinking' AND a.decided_until <= ?)
               OR (a.decision = 'asked' AND (a.touched > a.decided_at OR EXISTS (SELECT 1 FROM acts b
                 WHERE b.board = a.board AND b.mark = a.mark AND b.person = a.person AND b.at > a.decided_at))))
           ORDER BY a.at DESC LIMIT ?`,
        )
        .all(...boards, now, most)
        .map(rowOf)
    },
    decided: (person, most) => sql.decided.all(person, person, most).map(rowOf),
    seen: (person, board) => (sql.seen.get(person, board)?.at as Instant | undefined) ?? null,
    look(person, board, at) {
      try {
        sql.look.run(person, board, at)
      } catch (error) {
        throw asNotWritten(error)
      }
    },
    folded: (board) => ({
      to: (sql.folded.get(board)?.at as Instant | undefined) ?? null,
      logged: (sql.logged.get(roomOf(board))?.at as Instant | null | undefined) ?? null,
    }),
    foldedTo: (board, at) =>
      together(() => {
        sql.foldedTo.run(board, at)
      }),
    clear: (board) =>
      together(() => {
        sql.clear.run(board)
        sql.clearMentions.run(board)
      }),
    tally: () =>
      sql.tally.all().map((r) => ({
        person: r.person as PersonId,
        says: r.says as Says | null,
        reply: r.reply === 1,
        resolved: r.resolved === 1,
        count: r.count as number,
      })),
  }
}

const rowOf = (r: Record<string, unknown>): SaidRow => ({
  board: r.board as BoardId,
  mark: r.mark as MarkId,
  reply: r.reply === '' ? null : (r.reply as ReplyId),
  person: r.person as PersonId,
  says: r.says as Says | null,
  text: r.text as string,
  at: r.at as Instant,
  resolved: r.resolved === 1,
  proposal:
    r.proposal === 1
      ? {
          decision:
            r.decision === null
              ? null
              : {
                  is: r.decision as DecisionKind,
                  by: r.decided_by as PersonId,
                  at: r.decided_at as Instant,
                  until: r.decided_until as Instant | null,
                },
        }
      : null,
})
