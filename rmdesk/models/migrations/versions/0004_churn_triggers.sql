CREATE TRIGGER search_churn_case_insert AFTER INSERT ON churn_case BEGIN INSERT INTO search_change VALUES ('churn_case', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_churn_case_delete AFTER DELETE ON churn_case BEGIN INSERT INTO search_change VALUES ('churn_case', CAST(old.id AS TEXT)) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER search_churn_case_update AFTER UPDATE OF client_id, lost_on, note ON churn_case BEGIN INSERT INTO search_change VALUES ('churn_case', CAST(new.id AS TEXT)) ON CONFLICT DO NOTHING; END;
