DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT service FROM rows_revision LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', 'data_' || name);
  END LOOP;
END $$;
ALTER TABLE metadata DROP COLUMN has_rows;
DROP TABLE rows_history;
DROP TABLE rows_record;
DROP TABLE rows_revision;
