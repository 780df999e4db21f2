-- Looking at a pattern's lines and taking an export along are acts of their own. A check can't be changed in place; rows, hashes and order stay as they are.
CREATE TABLE register_wider (
  seq INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  person TEXT NOT NULL,
  firm TEXT,
  act TEXT NOT NULL CHECK (act IN ('view', 'picture', 'original', 'lines', 'export')),
  board TEXT NOT NULL,
  sheet TEXT,
  code TEXT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO register_wider (seq, at, person, firm, act, board, sheet, code, hash)
  SELECT seq, at, person, firm, act, board, sheet, code, hash FROM register ORDER BY seq;
DROP TABLE register;
ALTER TABLE register_wider RENAME TO register;
CREATE INDEX register_board ON register (board, seq);
CREATE UNIQUE INDEX register_code ON register (code);
CREATE TRIGGER register_keeps BEFORE UPDATE ON register
BEGIN
  SELECT RAISE(ABORT, 'the register is only ever added to');
END;
CREATE TRIGGER register_stays BEFORE DELETE ON register
BEGIN
  SELECT RAISE(ABORT, 'the register is only ever added to');
END;
