-- People, boards and what belongs to them. Times are milliseconds since 1970 by the server's clock.
CREATE TABLE groups (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  name TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE firms (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('mentor', 'trainee')),
  at BIGINT NOT NULL
);
CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  firm TEXT REFERENCES firms (id),
  role TEXT NOT NULL CHECK (role IN ('mentor', 'trainee', 'facilitator', 'association', 'observer')),
  admin INTEGER NOT NULL CHECK (admin IN (0, 1)),
  at BIGINT NOT NULL,
  CHECK ((firm IS NULL) = (role IN ('facilitator', 'association', 'observer')))
);
CREATE TABLE accounts (
  person TEXT PRIMARY KEY REFERENCES people (id),
  email TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  changed BIGINT NOT NULL
);
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL REFERENCES people (id),
  made BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  agent TEXT NOT NULL
);
CREATE INDEX sessions_of ON sessions (person);
CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('firm', 'colleague', 'office')),
  firm TEXT REFERENCES firms (id),
  name TEXT,
  role TEXT NOT NULL,
  made_by TEXT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  used_at BIGINT,
  used_by TEXT REFERENCES people (id),
  withdrawn_at BIGINT
);
CREATE TABLE circles (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE circle_firms (
  circle TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
  firm TEXT NOT NULL REFERENCES firms (id),
  PRIMARY KEY (circle, firm)
);
CREATE TABLE collections (
  id TEXT PRIMARY KEY,
  firm TEXT NOT NULL REFERENCES firms (id),
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE boards (
  id TEXT PRIMARY KEY,
  collection TEXT NOT NULL REFERENCES collections (id),
  firm TEXT NOT NULL REFERENCES firms (id),
  title TEXT NOT NULL,
  style TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE TABLE openings (
  board TEXT NOT NULL REFERENCES boards (id),
  circle TEXT NOT NULL REFERENCES circles (id) ON DELETE CASCADE,
  from_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (board, circle)
);
CREATE TABLE uploads (
  id TEXT PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (id),
  firm TEXT NOT NULL REFERENCES firms (id),
  person TEXT NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('receiving', 'waiting', 'converting', 'done', 'refused', 'cancelled')),
  report TEXT NOT NULL,
  refusal TEXT,
  at BIGINT NOT NULL
);
CREATE INDEX uploads_of ON uploads (firm, at);
CREATE TABLE sheets (
  id TEXT PRIMARY KEY,
  board TEXT NOT NULL REFERENCES boards (id),
  firm TEXT NOT NULL REFERENCES firms (id),
  upload TEXT REFERENCES uploads (id),
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'pdf', 'drawing')),
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
  at BIGINT NOT NULL
);
CREATE INDEX sheets_of ON sheets (board);
