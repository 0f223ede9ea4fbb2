CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry WHEN NOT EXISTS (SELECT 1 FROM audit_entry WHERE act = 'trim' AND json_extract(facts, '$.upto') >= old.seq AND seq > old.seq) BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
