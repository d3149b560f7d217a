-- Each new report asks whether its id was withdrawn.
CREATE INDEX withdrawn_id ON withdrawn (id);
