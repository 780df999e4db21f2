-- The update log: rows are never changed nor deleted; a snapshot only shortens loading.
CREATE TABLE updates (
  room  TEXT    NOT NULL,
  seq   INTEGER NOT NULL,
  at    INTEGER NOT NULL,
  bytes BLOB    NOT NULL,
  acts  TEXT    NOT NULL,
  PRIMARY KEY (room, seq)
);

CREATE TABLE snapshots (
  room  TEXT    NOT NULL PRIMARY KEY,
  seq   INTEGER NOT NULL,
  state BLOB    NOT NULL
);

-- Whose Yjs client ids are whose: authorship is read from here.
CREATE TABLE leases (
  room   TEXT    NOT NULL,
  client INTEGER NOT NULL,
  person TEXT,
  grant_ TEXT    NOT NULL,
  state  TEXT    NOT NULL CHECK (state IN ('open', 'released', 'closed')),
  seen   INTEGER NOT NULL,
  epoch  INTEGER NOT NULL,
  PRIMARY KEY (room, client)
);

CREATE TABLE epochs (
  room  TEXT    NOT NULL PRIMARY KEY,
  epoch INTEGER NOT NULL
);
