-- The provider's own name for the session that somebody came by: signing out there ends it here.
ALTER TABLE portal.sessions ADD COLUMN provider_session text;
CREATE INDEX ix_sessions_provider_session ON portal.sessions (provider_session);
