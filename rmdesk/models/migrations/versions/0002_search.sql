-- The index of texts, and triggers that note every change of a text, whoever makes it.

CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="unicode61 remove_diacritics 2");
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER search_visit_insert AFTER INSERT ON visit BEGIN INSERT OR IGNORE INTO search_change VALUES ('visit', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_visit_delete AFTER DELETE ON visit BEGIN INSERT OR IGNORE INTO search_change VALUES ('visit', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_visit_update AFTER UPDATE OF client_id, content, found, next_step, "on", participants, purpose ON visit BEGIN INSERT OR IGNORE INTO search_change VALUES ('visit', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'visit', CAST(t.id AS TEXT) FROM visit t;

CREATE TRIGGER search_promise_insert AFTER INSERT ON promise BEGIN INSERT OR IGNORE INTO search_change VALUES ('promise', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_promise_delete AFTER DELETE ON promise BEGIN INSERT OR IGNORE INTO search_change VALUES ('promise', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_promise_update AFTER UPDATE OF client_id, made_on, outcome, text ON promise BEGIN INSERT OR IGNORE INTO search_change VALUES ('promise', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'promise', CAST(t.id AS TEXT) FROM promise t;

CREATE TRIGGER search_task_insert AFTER INSERT ON task BEGIN INSERT OR IGNORE INTO search_change VALUES ('task', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_task_delete AFTER DELETE ON task BEGIN INSERT OR IGNORE INTO search_change VALUES ('task', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_task_update AFTER UPDATE OF client_id, made_on, text ON task BEGIN INSERT OR IGNORE INTO search_change VALUES ('task', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'task', CAST(t.id AS TEXT) FROM task t;

CREATE TRIGGER search_journal_insert AFTER INSERT ON journal BEGIN INSERT OR IGNORE INTO search_change VALUES ('journal', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_journal_delete AFTER DELETE ON journal BEGIN INSERT OR IGNORE INTO search_change VALUES ('journal', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_journal_update AFTER UPDATE OF content, insight, "on", reflection ON journal BEGIN INSERT OR IGNORE INTO search_change VALUES ('journal', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'journal', CAST(t.id AS TEXT) FROM journal t;

CREATE TRIGGER search_playbook_card_insert AFTER INSERT ON playbook_card BEGIN INSERT OR IGNORE INTO search_change VALUES ('playbook_card', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_playbook_card_delete AFTER DELETE ON playbook_card BEGIN INSERT OR IGNORE INTO search_change VALUES ('playbook_card', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_playbook_card_update AFTER UPDATE OF made_on, text, title ON playbook_card BEGIN INSERT OR IGNORE INTO search_change VALUES ('playbook_card', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'playbook_card', CAST(t.id AS TEXT) FROM playbook_card t;

CREATE TRIGGER search_gift_insert AFTER INSERT ON gift BEGIN INSERT OR IGNORE INTO search_change VALUES ('gift', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_gift_delete AFTER DELETE ON gift BEGIN INSERT OR IGNORE INTO search_change VALUES ('gift', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_gift_update AFTER UPDATE OF client_id, given_on, occasion, planned_for, reaction, title, why ON gift BEGIN INSERT OR IGNORE INTO search_change VALUES ('gift', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'gift', CAST(t.id AS TEXT) FROM gift t;

CREATE TRIGGER search_complaint_insert AFTER INSERT ON complaint BEGIN INSERT OR IGNORE INTO search_change VALUES ('complaint', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_complaint_delete AFTER DELETE ON complaint BEGIN INSERT OR IGNORE INTO search_change VALUES ('complaint', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_complaint_update AFTER UPDATE OF client_id, received_on, solution, text ON complaint BEGIN INSERT OR IGNORE INTO search_change VALUES ('complaint', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'complaint', CAST(t.id AS TEXT) FROM complaint t;

CREATE TRIGGER search_feedback_insert AFTER INSERT ON feedback BEGIN INSERT OR IGNORE INTO search_change VALUES ('feedback', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_feedback_delete AFTER DELETE ON feedback BEGIN INSERT OR IGNORE INTO search_change VALUES ('feedback', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_feedback_update AFTER UPDATE OF client_id, received_on, reply, text ON feedback BEGIN INSERT OR IGNORE INTO search_change VALUES ('feedback', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'feedback', CAST(t.id AS TEXT) FROM feedback t;

CREATE TRIGGER search_greeting_insert AFTER INSERT ON greeting BEGIN INSERT OR IGNORE INTO search_change VALUES ('greeting', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_greeting_delete AFTER DELETE ON greeting BEGIN INSERT OR IGNORE INTO search_change VALUES ('greeting', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_greeting_update AFTER UPDATE OF client_id, name, "on", text ON greeting BEGIN INSERT OR IGNORE INTO search_change VALUES ('greeting', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'greeting', CAST(t.id AS TEXT) FROM greeting t;

CREATE TRIGGER search_preference_insert AFTER INSERT ON preference BEGIN INSERT OR IGNORE INTO search_change VALUES ('preference', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_preference_delete AFTER DELETE ON preference BEGIN INSERT OR IGNORE INTO search_change VALUES ('preference', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_preference_update AFTER UPDATE OF client_id, noted_on, text ON preference BEGIN INSERT OR IGNORE INTO search_change VALUES ('preference', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'preference', CAST(t.id AS TEXT) FROM preference t;

CREATE TRIGGER search_kyc_block_insert AFTER INSERT ON kyc_block BEGIN INSERT OR IGNORE INTO search_change VALUES ('kyc_block', CAST(new.client_id || '/' || new.area || '/' || new.tense AS TEXT)); END;
CREATE TRIGGER search_kyc_block_delete AFTER DELETE ON kyc_block BEGIN INSERT OR IGNORE INTO search_change VALUES ('kyc_block', CAST(old.client_id || '/' || old.area || '/' || old.tense AS TEXT)); END;
CREATE TRIGGER search_kyc_block_update AFTER UPDATE OF client_id, confirmed_on, text ON kyc_block BEGIN INSERT OR IGNORE INTO search_change VALUES ('kyc_block', CAST(new.client_id || '/' || new.area || '/' || new.tense AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'kyc_block', CAST(t.client_id || '/' || t.area || '/' || t.tense AS TEXT) FROM kyc_block t;

CREATE TRIGGER search_person_insert AFTER INSERT ON person BEGIN INSERT OR IGNORE INTO search_change VALUES ('person', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_person_delete AFTER DELETE ON person BEGIN INSERT OR IGNORE INTO search_change VALUES ('person', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_person_update AFTER UPDATE OF employer, name, note ON person BEGIN INSERT OR IGNORE INTO search_change VALUES ('person', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'person', CAST(t.id AS TEXT) FROM person t;

CREATE TRIGGER search_client_insert AFTER INSERT ON client WHEN new.note IS NOT NULL BEGIN INSERT OR IGNORE INTO search_change VALUES ('client', CAST(new.id AS TEXT)); END;
CREATE TRIGGER search_client_delete AFTER DELETE ON client WHEN old.note IS NOT NULL BEGIN INSERT OR IGNORE INTO search_change VALUES ('client', CAST(old.id AS TEXT)); END;
CREATE TRIGGER search_client_update AFTER UPDATE OF note ON client WHEN new.note IS NOT old.note BEGIN INSERT OR IGNORE INTO search_change VALUES ('client', CAST(new.id AS TEXT)); END;
INSERT OR IGNORE INTO search_change SELECT 'client', CAST(t.id AS TEXT) FROM client t WHERE t.note IS NOT NULL;
