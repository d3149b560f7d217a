-- What must go, and when: the plan is data, these columns are what it asks of a report.
ALTER TABLE report ADD COLUMN closed_at BIGINT;                 -- when it was closed; what was closed before this migration counts from its answer or receipt
ALTER TABLE report ADD COLUMN thinned BOOLEAN NOT NULL DEFAULT FALSE; -- its words and whom they could lead to are gone
ALTER TABLE report ADD COLUMN hold BOOLEAN NOT NULL DEFAULT FALSE;    -- nothing of it goes by itself
