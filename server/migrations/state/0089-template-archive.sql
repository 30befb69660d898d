-- An archived template is offered nowhere; what uses it goes on.
alter table messages.templates add column archived_at timestamptz;
