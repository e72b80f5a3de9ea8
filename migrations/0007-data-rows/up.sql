-- Rows of observations. The tables data_{service} themselves follow the service files and are made when these are read
-- (src/storage/data-tables.ts); here stands what they have in common.

-- One row for each service that has a table of rows. The revision rises with every transaction that changes rows of the service; the
-- row is locked from the first statement of such a transaction on, so the writers of one service take turns.
CREATE TABLE rows_revision (
  service text PRIMARY KEY REFERENCES service ON UPDATE CASCADE,
  revision bigint NOT NULL DEFAULT 0,
  raised_at timestamptz NOT NULL DEFAULT now()
);

-- What each record has in the table of its service: kept true by the writers, read instead of counting.
CREATE TABLE rows_record (
  service text NOT NULL REFERENCES rows_revision ON UPDATE CASCADE,
  record int NOT NULL,
  row_count bigint NOT NULL,
  begins timestamptz,
  ends timestamptz,
  PRIMARY KEY (service, record),
  FOREIGN KEY (service, record) REFERENCES metadata (service, id) ON UPDATE CASCADE
);

-- Rows that were replaced by one of the same natural key, as they were, columns that have left the service file included. `since` is the
-- revision of the service that wrote such a row, `until` the one that replaced it.
CREATE TABLE rows_history (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  service text NOT NULL REFERENCES rows_revision ON UPDATE CASCADE,
  record int NOT NULL,
  since bigint NOT NULL,
  until bigint NOT NULL,
  replaced_at timestamptz NOT NULL DEFAULT now(),
  content jsonb NOT NULL
);
CREATE INDEX rows_history_record ON rows_history (service, record, number);

-- Told by the record itself, so that its links need no further question.
ALTER TABLE metadata ADD COLUMN has_rows boolean NOT NULL DEFAULT false;
