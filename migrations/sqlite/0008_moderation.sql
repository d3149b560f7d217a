-- Moderation: nothing of a report is public before somebody has looked at it.
ALTER TABLE report ADD COLUMN moderation TEXT NOT NULL DEFAULT 'waiting';
ALTER TABLE report ADD COLUMN moderation_reason TEXT;
ALTER TABLE report ADD COLUMN moderated_at INTEGER;
ALTER TABLE report ADD COLUMN public_note TEXT;                 -- the words that everybody may read
ALTER TABLE report ADD COLUMN opened INTEGER NOT NULL DEFAULT 0; -- its place or square may be seen while it is shown
ALTER TABLE report ADD COLUMN released_in TEXT;                 -- the release that counted it: no report is in two
ALTER TABLE report ADD COLUMN place BLOB;                       -- reports of one place have the same
CREATE INDEX report_moderation ON report (municipality, moderation, received_at);
CREATE INDEX report_place ON report (municipality, place);

-- What a release has counted is decided, and so is what an operator has imported; the rest waits for a moderator.
UPDATE report SET moderation = 'counted' WHERE source <> 'resident';
UPDATE report SET moderation = 'counted', released_in = (
    SELECT period FROM public_release r
    WHERE r.municipality = report.municipality AND report.received_at >= r.from_at AND report.received_at < r.to_at)
WHERE lon IS NOT NULL AND EXISTS (
    SELECT 1 FROM public_release r
    WHERE r.municipality = report.municipality AND report.received_at >= r.from_at AND report.received_at < r.to_at);
