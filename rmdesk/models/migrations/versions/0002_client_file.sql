-- What the client file adds: profile, relationships, greetings, gifts, tasks, files, journals, feedback.

CREATE TABLE gift_idea (
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT,
    cost_minor INTEGER,
    currency TEXT,
    suits TEXT,
    note TEXT,
    retired_on TEXT,
    CONSTRAINT pk_gift_idea PRIMARY KEY (id)
) STRICT;

CREATE TABLE household (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_household PRIMARY KEY (id)
) STRICT;

CREATE TABLE journal (
    id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    content TEXT NOT NULL,
    method TEXT NOT NULL,
    insight TEXT,
    reflection TEXT,
    purpose TEXT,
    "group" TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (id)
) STRICT;
CREATE INDEX ix_journal_on ON journal ("on");

CREATE TABLE kept (
    name TEXT NOT NULL,
    made_of TEXT NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_kept PRIMARY KEY (name)
) STRICT;

CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    pinyin TEXT NOT NULL,
    initials TEXT NOT NULL,
    sex TEXT,
    birth_date TEXT,
    phone TEXT,
    occupation TEXT,
    employer TEXT,
    note TEXT,
    official INTEGER NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id)
) STRICT;

CREATE TABLE search_change (
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    CONSTRAINT pk_search_change PRIMARY KEY (entity, entity_id)
) STRICT;

CREATE TABLE search_text (
    id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    "on" TEXT,
    CONSTRAINT pk_search_text PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX uq_search_text_entity ON search_text (entity, entity_id);

CREATE TABLE template (
    id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    retired_on TEXT,
    CONSTRAINT pk_template PRIMARY KEY (id)
) STRICT;

CREATE TABLE playbook_card (
    id TEXT NOT NULL,
    journal_id TEXT,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    method TEXT,
    "group" TEXT,
    made_on TEXT NOT NULL,
    retired_on TEXT,
    CONSTRAINT pk_playbook_card PRIMARY KEY (id),
    CONSTRAINT fk_playbook_card_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_playbook_card_journal_id ON playbook_card (journal_id);

CREATE TABLE citation (
    journal_id TEXT NOT NULL,
    card_id TEXT NOT NULL,
    outcome TEXT,
    CONSTRAINT pk_citation PRIMARY KEY (journal_id, card_id),
    CONSTRAINT fk_citation_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE CASCADE,
    CONSTRAINT fk_citation_card_id FOREIGN KEY(card_id) REFERENCES playbook_card (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_citation_card_id ON citation (card_id);

CREATE TABLE attachment (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_attachment PRIMARY KEY (id),
    CONSTRAINT fk_attachment_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_attachment_client_id ON attachment (client_id);
CREATE INDEX ix_attachment_entity ON attachment (entity, entity_id);

CREATE TABLE consent (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    person_id TEXT,
    kind TEXT NOT NULL,
    given INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    how TEXT,
    "by" TEXT,
    CONSTRAINT pk_consent PRIMARY KEY (id),
    CONSTRAINT fk_consent_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_consent_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_consent_client_id ON consent (client_id);
CREATE INDEX ix_consent_person_id ON consent (person_id);

CREATE TABLE draft (
    form TEXT NOT NULL,
    subject TEXT NOT NULL,
    client_id INTEGER,
    payload TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (form, subject),
    CONSTRAINT fk_draft_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE feedback (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT,
    text TEXT NOT NULL,
    received_on TEXT NOT NULL,
    reply TEXT,
    replied_on TEXT,
    valued INTEGER NOT NULL,
    CONSTRAINT pk_feedback PRIMARY KEY (id),
    CONSTRAINT fk_feedback_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_feedback_client_id ON feedback (client_id);

CREATE TABLE household_member (
    id TEXT NOT NULL,
    household_id TEXT NOT NULL,
    client_id INTEGER,
    person_id TEXT,
    CONSTRAINT pk_household_member PRIMARY KEY (id),
    CONSTRAINT ck_household_member_one_member CHECK ((client_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT fk_household_member_household_id FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE,
    CONSTRAINT fk_household_member_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_household_member_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_household_member_client_id ON household_member (client_id);
CREATE INDEX ix_household_member_household_id ON household_member (household_id);
CREATE INDEX ix_household_member_person_id ON household_member (person_id);

CREATE TABLE journal_client (
    journal_id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    CONSTRAINT pk_journal_client PRIMARY KEY (journal_id, client_id),
    CONSTRAINT fk_journal_client_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE CASCADE,
    CONSTRAINT fk_journal_client_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_journal_client_client_id ON journal_client (client_id);

CREATE TABLE preference (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    taste TEXT NOT NULL,
    text TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    source TEXT,
    CONSTRAINT pk_preference PRIMARY KEY (id),
    CONSTRAINT fk_preference_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_preference_client_id ON preference (client_id);

CREATE TABLE relationship (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    from_client_id INTEGER,
    from_person_id TEXT,
    to_client_id INTEGER,
    to_person_id TEXT,
    noted_on TEXT NOT NULL,
    note TEXT,
    CONSTRAINT pk_relationship PRIMARY KEY (id),
    CONSTRAINT ck_relationship_one_from CHECK ((from_client_id IS NULL) <> (from_person_id IS NULL)),
    CONSTRAINT ck_relationship_one_to CHECK ((to_client_id IS NULL) <> (to_person_id IS NULL)),
    CONSTRAINT fk_relationship_from_client_id FOREIGN KEY(from_client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_relationship_from_person_id FOREIGN KEY(from_person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT fk_relationship_to_client_id FOREIGN KEY(to_client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_relationship_to_person_id FOREIGN KEY(to_person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_relationship_from_client_id ON relationship (from_client_id);
CREATE INDEX ix_relationship_from_person_id ON relationship (from_person_id);
CREATE INDEX ix_relationship_to_client_id ON relationship (to_client_id);
CREATE INDEX ix_relationship_to_person_id ON relationship (to_person_id);

CREATE TABLE satisfaction (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    "on" TEXT NOT NULL,
    csat INTEGER,
    nps INTEGER,
    channel TEXT,
    note TEXT,
    CONSTRAINT pk_satisfaction PRIMARY KEY (id),
    CONSTRAINT fk_satisfaction_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_satisfaction_client_id ON satisfaction (client_id);

CREATE TABLE attachment_content (
    attachment_id TEXT NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_attachment_content PRIMARY KEY (attachment_id),
    CONSTRAINT fk_attachment_content_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE complaint_step (
    id TEXT NOT NULL,
    complaint_id TEXT NOT NULL,
    "on" TEXT NOT NULL,
    who TEXT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT pk_complaint_step PRIMARY KEY (id),
    CONSTRAINT fk_complaint_step_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaint (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_complaint_step_complaint_id ON complaint_step (complaint_id);

CREATE TABLE gift (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    to_client_id INTEGER,
    to_person_id TEXT,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    category TEXT,
    cost_minor INTEGER,
    currency TEXT,
    why TEXT,
    occasion_id TEXT,
    occasion TEXT,
    tied_to TEXT,
    planned_for TEXT,
    bought_on TEXT,
    given_on TEXT,
    returned_on TEXT,
    dropped_why TEXT,
    reaction TEXT,
    liking INTEGER,
    breach TEXT,
    feedback_id TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_gift PRIMARY KEY (id),
    CONSTRAINT fk_gift_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_gift_to_client_id FOREIGN KEY(to_client_id) REFERENCES client (id) ON DELETE SET NULL,
    CONSTRAINT fk_gift_to_person_id FOREIGN KEY(to_person_id) REFERENCES person (id) ON DELETE SET NULL,
    CONSTRAINT fk_gift_occasion_id FOREIGN KEY(occasion_id) REFERENCES occasion (id) ON DELETE SET NULL,
    CONSTRAINT fk_gift_feedback_id FOREIGN KEY(feedback_id) REFERENCES feedback (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_gift_client_id ON gift (client_id);
CREATE INDEX ix_gift_feedback_id ON gift (feedback_id);
CREATE INDEX ix_gift_given_on ON gift (given_on);
CREATE INDEX ix_gift_occasion_id ON gift (occasion_id);
CREATE INDEX ix_gift_to_client_id ON gift (to_client_id);
CREATE INDEX ix_gift_to_person_id ON gift (to_person_id);

CREATE TABLE greeting (
    id TEXT NOT NULL,
    client_id INTEGER NOT NULL,
    occasion_id TEXT,
    name TEXT NOT NULL,
    for_day TEXT NOT NULL,
    "on" TEXT NOT NULL,
    channel TEXT NOT NULL,
    text TEXT,
    CONSTRAINT pk_greeting PRIMARY KEY (id),
    CONSTRAINT fk_greeting_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_greeting_occasion_id FOREIGN KEY(occasion_id) REFERENCES occasion (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_greeting_occasion_id ON greeting (occasion_id);
CREATE UNIQUE INDEX uq_greeting_client_id ON greeting (client_id, name, for_day);

CREATE TABLE journal_visit (
    journal_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    CONSTRAINT pk_journal_visit PRIMARY KEY (journal_id, visit_id),
    CONSTRAINT fk_journal_visit_journal_id FOREIGN KEY(journal_id) REFERENCES journal (id) ON DELETE CASCADE,
    CONSTRAINT fk_journal_visit_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_journal_visit_visit_id ON journal_visit (visit_id);

CREATE TABLE task (
    id TEXT NOT NULL,
    client_id INTEGER,
    visit_id TEXT,
    text TEXT NOT NULL,
    made_on TEXT NOT NULL,
    due_on TEXT,
    state TEXT NOT NULL,
    closed_on TEXT,
    CONSTRAINT pk_task PRIMARY KEY (id),
    CONSTRAINT fk_task_client_id FOREIGN KEY(client_id) REFERENCES client (id) ON DELETE CASCADE,
    CONSTRAINT fk_task_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_task_client_id ON task (client_id);
CREATE INDEX ix_task_due_on ON task (due_on);
CREATE INDEX ix_task_visit_id ON task (visit_id);

CREATE TABLE gift_approval (
    id TEXT NOT NULL,
    gift_id TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    cost_minor INTEGER NOT NULL,
    gates TEXT NOT NULL,
    decided_on TEXT,
    decided_by TEXT,
    comment TEXT,
    CONSTRAINT pk_gift_approval PRIMARY KEY (id),
    CONSTRAINT fk_gift_approval_gift_id FOREIGN KEY(gift_id) REFERENCES gift (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_gift_approval_gift_id ON gift_approval (gift_id);

ALTER TABLE client ADD COLUMN preferred_channel TEXT;
ALTER TABLE client ADD COLUMN preferred_hours TEXT;

ALTER TABLE complaint ADD COLUMN channel TEXT;
ALTER TABLE complaint ADD COLUMN owner TEXT;
ALTER TABLE complaint ADD COLUMN hard INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE complaint ADD COLUMN extended_on TEXT;
ALTER TABLE complaint ADD COLUMN extended_by TEXT;
ALTER TABLE complaint ADD COLUMN solution TEXT;

ALTER TABLE occasion ADD COLUMN person_id TEXT CONSTRAINT fk_occasion_person_id REFERENCES person (id) ON DELETE CASCADE;
ALTER TABLE occasion ADD COLUMN lead_days INTEGER;
ALTER TABLE occasion ADD COLUMN note TEXT;
CREATE INDEX ix_occasion_person_id ON occasion (person_id);

ALTER TABLE referral ADD COLUMN new_client_id INTEGER CONSTRAINT fk_referral_new_client_id REFERENCES client (id) ON DELETE SET NULL;
ALTER TABLE referral ADD COLUMN note TEXT;
CREATE INDEX ix_referral_new_client_id ON referral (new_client_id) WHERE new_client_id IS NOT NULL;

ALTER TABLE visit ADD COLUMN participants TEXT;
ALTER TABLE visit ADD COLUMN place TEXT;
ALTER TABLE visit ADD COLUMN district TEXT;
ALTER TABLE visit ADD COLUMN found TEXT;
ALTER TABLE visit ADD COLUMN mood TEXT;
ALTER TABLE visit ADD COLUMN next_step TEXT;
ALTER TABLE visit ADD COLUMN next_on TEXT;
ALTER TABLE visit ADD COLUMN reason TEXT;

ALTER TABLE promise ADD COLUMN closed_on TEXT;
ALTER TABLE promise ADD COLUMN outcome TEXT;
CREATE INDEX ix_promise_visit_id ON promise (visit_id);
