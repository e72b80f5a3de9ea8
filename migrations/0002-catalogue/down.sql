DROP TABLE catalogue_revision;
DROP TABLE metadata_history;
DROP TABLE metadata;
DROP FUNCTION metadata_keep_history();
DROP FUNCTION metadata_keep_public();
DROP TABLE service;
