-- Who did what to which account. User ids refer to nothing, because events outlive accounts; names
-- and addresses are erased with the account.
CREATE TABLE audit_events (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL,
    kind            text        NOT NULL COLLATE "C",
    actor_user_id   bigint,
    subject_user_id bigint,
    subject_name    text,
    address         text,
    detail          text -- a JSON object of texts
);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
CREATE INDEX audit_events_by_subject ON audit_events (subject_user_id, at, id);
CREATE INDEX audit_events_by_actor ON audit_events (actor_user_id);
