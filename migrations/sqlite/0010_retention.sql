-- What must go, and when: the plan is data, these columns are what it asks of a report.
ALTER TABLE report ADD COLUMN closed_at INTEGER;                 -- when it was closed; what was closed before this migration counts from its answer or receipt
ALTER TABLE report ADD COLUMN thinned INTEGER NOT NULL DEFAULT 0; -- its words and whom they could lead to are gone
ALTER TABLE report ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;    -- nothing of it goes by itself
