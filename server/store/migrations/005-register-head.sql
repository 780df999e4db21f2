-- How far the register's chain was found whole, so that a start checks what came since; and when all of it was.
CREATE TABLE register_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  all_at BIGINT NOT NULL
);
