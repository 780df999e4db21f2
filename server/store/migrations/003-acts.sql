-- What was said on boards, folded from commits: for home, counts and totals. The documents stay the truth.
CREATE TABLE acts (
  board TEXT NOT NULL,
  mark TEXT NOT NULL,
  reply TEXT NOT NULL DEFAULT '',
  person TEXT NOT NULL,
  says TEXT,
  text TEXT NOT NULL,
  at BIGINT NOT NULL,
  touched BIGINT NOT NULL,
  resolved INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (board, mark, reply)
);
CREATE INDEX acts_at ON acts (board, at);
CREATE TABLE mentions (
  board TEXT NOT NULL,
  mark TEXT NOT NULL,
  reply TEXT NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (board, mark, reply, person)
);
CREATE INDEX mentions_of ON mentions (person);
CREATE TABLE seen (
  person TEXT NOT NULL,
  board TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (person, board)
);
-- Up to when a board's log has been folded into acts: what is newer is folded again at the next start.
CREATE TABLE folded (
  board TEXT PRIMARY KEY,
  at BIGINT NOT NULL
);
