-- Where the database lay when it was last opened, and the number that the lock beside it was given then: a copy that is put back has neither.
CREATE TABLE place (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  inode TEXT NOT NULL,
  mark INTEGER NOT NULL
);
