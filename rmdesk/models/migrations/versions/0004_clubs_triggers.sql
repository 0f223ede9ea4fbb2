CREATE TRIGGER search_gathering_insert AFTER INSERT ON gathering BEGIN INSERT INTO search_change VALUES ('gathering', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_gathering_delete AFTER DELETE ON gathering BEGIN INSERT INTO search_change VALUES ('gathering', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_gathering_update AFTER UPDATE OF lesson, note, "on", place, title ON gathering BEGIN INSERT INTO search_change VALUES ('gathering', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_invitation_insert AFTER INSERT ON invitation BEGIN INSERT INTO search_change VALUES ('invitation', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_invitation_delete AFTER DELETE ON invitation BEGIN INSERT INTO search_change VALUES ('invitation', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_invitation_update AFTER UPDATE OF client_id, note, "on" ON invitation BEGIN INSERT INTO search_change VALUES ('invitation', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
