-- Pictures that firms send to a board as swatches, for looks to name. `unnamed` is since when no proposal does; null while one does.
CREATE TABLE swatches (
  id TEXT PRIMARY KEY REFERENCES uploads (id),
  board TEXT NOT NULL REFERENCES boards (id),
  firm TEXT NOT NULL REFERENCES firms (id),
  pyramid TEXT NOT NULL,
  unnamed BIGINT
);
ALTER TABLE uploads ADD COLUMN swatch INTEGER NOT NULL DEFAULT 0 CHECK (swatch IN (0, 1));

-- Looking at one is an act of its own; `sheet` says which. A check can't be changed in place; rows, hashes and order stay as they are.
CREATE TABLE register_wider (
  seq INTEGER PRIMARY KEY,
  at BIGINT NOT NULL,
  person TEXT NOT NULL,
  firm TEXT,
  act TEXT NOT NULL CHECK (act IN ('view', 'picture', 'original', 'lines', 'export', 'swatch')),
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
