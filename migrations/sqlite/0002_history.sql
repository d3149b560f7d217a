-- What happened to one thing is asked for whenever it is shown.

CREATE INDEX change_entity ON change (municipality, entity_id, version);
