CREATE TRIGGER search_group_client_insert AFTER INSERT ON group_client BEGIN INSERT INTO search_change VALUES ('group_client', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_group_client_delete AFTER DELETE ON group_client BEGIN INSERT INTO search_change VALUES ('group_client', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_group_client_update AFTER UPDATE OF made_on, name, note ON group_client BEGIN INSERT INTO search_change VALUES ('group_client', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_credit_party_insert AFTER INSERT ON credit_party BEGIN INSERT INTO search_change VALUES ('credit_party', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_credit_party_delete AFTER DELETE ON credit_party BEGIN INSERT INTO search_change VALUES ('credit_party', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_credit_party_update AFTER UPDATE OF client_id, name, note ON credit_party BEGIN INSERT INTO search_change VALUES ('credit_party', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
