-- Who looked at what: rows are only ever added. Each hash covers the row and the hash before it.
CREATE TABLE register (
  seq INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  person TEXT NOT NULL,
  firm TEXT,
  act TEXT NOT NULL CHECK (act IN ('view', 'picture', 'original')),
  board TEXT NOT NULL,
  sheet TEXT,
  code TEXT NOT NULL,
  hash TEXT NOT NULL
);
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
