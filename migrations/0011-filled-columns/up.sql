-- Which columns of a service's table hold a value in at least one row of a record: one that is empty throughout is left out of what is given of
-- the record. Empty: not known, all columns are given.
ALTER TABLE rows_record ADD COLUMN filled text[] NOT NULL DEFAULT '{}';
