DROP TABLE released_file;
DROP TABLE job_file;
DROP TABLE job;
