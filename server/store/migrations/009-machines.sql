-- What a firm sews on, as JSON; null while it has not said. And what the group's stitches start with, where that is not ours.
ALTER TABLE firms ADD COLUMN machines TEXT;

CREATE TABLE stitch_starts (
  stitch TEXT PRIMARY KEY,
  allowance REAL NOT NULL,
  spi REAL NOT NULL,
  gauge REAL NOT NULL,
  by TEXT NOT NULL REFERENCES people (id),
  at BIGINT NOT NULL
);
