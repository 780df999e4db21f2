-- What a pattern's file asks before it is a sheet, and what was answered: JSON, null for every other file.
ALTER TABLE uploads ADD COLUMN ask TEXT;
