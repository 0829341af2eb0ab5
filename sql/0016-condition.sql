-- A listing whose condition is not stated has none: it used to be stored as used.
ALTER TABLE listing ALTER COLUMN condition DROP DEFAULT, ALTER COLUMN condition DROP NOT NULL;
