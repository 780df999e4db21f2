-- Patterns: a trainee's level, sheets that are patterns, their versions, and what lists tell of proposals.
ALTER TABLE people ADD COLUMN level TEXT CHECK (level IN ('puntada', 'corte', 'diseno'));
UPDATE people SET level = 'puntada' WHERE role = 'trainee';

CREATE TABLE sheets_6 (
  id TEXT PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (id),
  firm TEXT NOT NULL REFERENCES firms (id),
  upload TEXT REFERENCES uploads (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'pdf', 'drawing', 'pattern')),
  name TEXT NOT NULL,
  width REAL NOT NULL,
  height REAL NOT NULL,
  mm_per_unit REAL NOT NULL,
  scale TEXT NOT NULL CHECK (scale IN ('true-size', 'measured', 'assumed')),
  x REAL NOT NULL,
  y REAL NOT NULL,
  turn INTEGER NOT NULL,
  away INTEGER NOT NULL CHECK (away IN (0, 1)),
  ord INTEGER NOT NULL,
  pyramid TEXT NOT NULL,
  version INTEGER CHECK (version >= 1),
  at BIGINT NOT NULL,
  CHECK ((kind = 'pattern') = (version IS NOT NULL))
);
INSERT INTO sheets_6 (id, board, firm, upload, kind, name, width, height, mm_per_unit, scale, x, y, turn, away, ord, pyramid, at)
  SELECT id, board, firm, upload, kind, name, width, height, mm_per_unit, scale, x, y, turn, away, ord, pyramid, at FROM sheets;
DROP TABLE sheets;
ALTER TABLE sheets_6 RENAME TO sheets;
CREATE INDEX sheets_of ON sheets (board);

-- Every version of every pattern, for good: rows are only ever added. `pattern` is the packed pattern as JSON, deflated.
CREATE TABLE versions (
  sheet TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  at BIGINT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  pattern BLOB NOT NULL,
  layout TEXT NOT NULL,
  PRIMARY KEY (sheet, version)
);
CREATE TRIGGER versions_keep BEFORE UPDATE ON versions
BEGIN
  SELECT RAISE(ABORT, 'versions are only ever added');
END;
CREATE TRIGGER versions_stay BEFORE DELETE ON versions
BEGIN
  SELECT RAISE(ABORT, 'versions are only ever added');
END;

-- Of a proposal, and of it alone: what was said to it last.
ALTER TABLE acts ADD COLUMN proposal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE acts ADD COLUMN decision TEXT;
ALTER TABLE acts ADD COLUMN decided_by TEXT;
ALTER TABLE acts ADD COLUMN decided_at BIGINT;
ALTER TABLE acts ADD COLUMN decided_until BIGINT;
