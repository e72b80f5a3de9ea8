ALTER TABLE rows_record DROP COLUMN filled;
