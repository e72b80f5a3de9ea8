-- Who may see and take more than everybody. The level is the highest authorization_ whose data the account may take.
CREATE TABLE account (
  name text PRIMARY KEY CHECK (name <> ''),
  password_hash text NOT NULL,
  level smallint NOT NULL DEFAULT 1 CHECK (level BETWEEN 0 AND 3),
  -- Services whose internal records the account sees; NULL: all that its level allows.
  services text[],
  groups text[] NOT NULL DEFAULT '{}',
  administrator boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  disabled_at timestamptz
);
