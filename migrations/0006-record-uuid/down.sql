DROP INDEX metadata_uuid;
